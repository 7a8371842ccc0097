using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Names;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres.Stores;
using AlertBot.Tests.Texts;
using AlertBot.Workflows.Incidents;
using NodaTime;

namespace AlertBot.Tests.Incidents;

/// <summary>One alert, three renderings: checks who must not read what.</summary>
public sealed class IncidentCardsTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    private static readonly AlertKind[] Kinds =
        [AlertKind.IncidentHeadsUp, AlertKind.IncidentAlert, AlertKind.IncidentAgain, AlertKind.IncidentStill, AlertKind.IncidentTriage];

    private static readonly string[] Fragments =
    [
        "*bold*", "_under_", "`code`", "[link](https://evil.example)", "\n✅ Taken by nobody.",
        "\r\n\r\n", "\u202e", "\u0000", "<b>", "&lt;", "{code}", "😀",
        "\ud83d", "Тестбай", "Ойлап", "Almaty", " ", "\u2028", "{x, select, other {y}}", "-", "K-7F3Q",
    ];

    [Fact]
    public void No_card_of_a_group_holds_a_name_a_place_a_word_or_a_sign() => Property.ForAll(AnyView, input =>
    {
        var (view, kind, language, secrets) = input;

        var card = IncidentCards.Of(view, kind, new CardReader(Audience.Group), language, Catalogs.Shipped, Noon + Duration.FromMinutes(7));

        var shown = card.Text.Plain + string.Concat((card.Choices ?? []).SelectMany(row => row).Select(choice => choice.Label + choice.Data));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, shown, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(view.Incident.Code.Text, shown, StringComparison.Ordinal);
    });

    [Fact]
    public void A_hidden_card_says_nothing_whatever_is_in_it() => Property.ForAll(AnyView, input =>
    {
        var (view, kind, language, secrets) = input;

        var card = IncidentCards.Of(view, kind, new CardReader(Audience.Core) { IsDiscreet = true }, language, Catalogs.Shipped, Noon);

        Assert.Equal(Catalogs.Shipped.Plain(language, "discreet.line"), card.Text.Plain);
        Assert.Equal(Catalogs.Shipped.Plain(language, "discreet.show"), Assert.Single(Assert.Single(card.Choices!)).Label);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, card.Text.Plain, StringComparison.OrdinalIgnoreCase));
    });

    [Fact]
    public void Words_of_reporters_are_for_coordinators_alone() => Property.ForAll(AnyView, input =>
    {
        var (view, kind, language, _) = input;

        var card = IncidentCards.Of(view, kind, new CardReader(Audience.Advocates), language, Catalogs.Shipped, Noon).Text.Plain;

        Assert.DoesNotContain("said", card, StringComparison.Ordinal);
    });

    [Fact]
    public void Every_card_can_be_changed_in_one_piece_and_its_buttons_fit() => Property.ForAll(AnyView, input =>
    {
        var (view, kind, language, _) = input;
        foreach (var audience in Enum.GetValues<Audience>())
        {
            var reader = new CardReader(audience) { HasIt = audience == Audience.Core, SaidCannot = audience == Audience.Advocates };
            var card = IncidentCards.Of(view, kind, reader, language, Catalogs.Shipped, Noon + Duration.FromDays(3));

            Assert.InRange(card.Text.Plain.Length, 1, IncidentCards.Longest);
            Assert.All(card.Text.Spans, span => Assert.InRange(span.End, 0, card.Text.Plain.Length));
            Assert.All(
                (card.Choices ?? []).SelectMany(row => row), choice => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(choice.Data), 1, 64));
        }
    });

    // A name may look like a link or like a line of ours: it is shown as it is, on its own line, without style.
    [Fact]
    public void What_others_wrote_gets_no_style_and_begins_no_line() => Property.ForAll(AnyView, input =>
    {
        var (view, kind, language, _) = input;

        var card = IncidentCards.Of(view, kind, new CardReader(Audience.Core) { IsShown = true }, language, Catalogs.Shipped, Noon).Text;

        Assert.DoesNotContain(card.Spans, span => span.Target is not null);
        Assert.All(card.Spans, span => Assert.DoesNotContain("name", card.Plain[span.Start..span.End], StringComparison.Ordinal));
        Assert.DoesNotContain(card.Plain.Split('\n'), line => line.StartsWith("✅ Taken by nobody", StringComparison.Ordinal));
    });

    [Fact]
    public void A_repeat_says_which_it_is_and_how_long_nobody_has_it()
    {
        var incident = new Incident(IncidentId.New(), IncidentCode.New(), null, ReportKind.Arrested, Noon) { Step = 6 };
        var view = new IncidentView(incident, null, [], [])
        {
            Story = new IncidentStory(
                incident,
                [new IncidentEntry(Noon, null, IncidentAct.Reported, null), new IncidentEntry(Noon, null, IncidentAct.Told, IncidentStory.Repeat)]),
        };

        var text = IncidentCards.Of(
            view, AlertKind.IncidentAgain, new CardReader(Audience.Group), "en", Catalogs.Shipped, Noon + Duration.FromMinutes(22)).Text.Plain;

        Assert.Equal(
            $"""
            🔁 {incident.Code}: NOBODY HAS THIS YET: arrested
            Step 6, nobody has it for 22 minutes. Told now: everybody again.
            Not verified yet. Nobody reports it so far.
            Nobody has taken this yet.
            """,
            text);
    }

    [Fact]
    public void A_story_knows_who_cannot_since_nobody_has_it()
    {
        var incident = new Incident(IncidentId.New(), IncidentCode.New(), null, ReportKind.Arrested, Noon);
        var (a, b, c) = (PersonId.New(), PersonId.New(), PersonId.New());
        IncidentEntry Entry(int minute, PersonId? by, IncidentAct act) => new(Noon + Duration.FromMinutes(minute), by, act, null);

        var story = new IncidentStory(
            incident,
            [Entry(0, null, IncidentAct.Reported), Entry(1, a, IncidentAct.Cannot), Entry(2, b, IncidentAct.Taken),
                Entry(9, b, IncidentAct.HandedOn), Entry(10, c, IncidentAct.Cannot)]);

        Assert.Equal(new HashSet<PersonId> { b, c }, story.CannotTake);
        Assert.Equal(Noon + Duration.FromMinutes(9), story.OpenSince);
        Assert.Equal(Noon, new IncidentStory(incident, []).OpenSince);
    }

    [Fact]
    public void A_coordinator_reads_who_may_be_meant_and_why_and_nobody_else_does()
    {
        var incident = new Incident(IncidentId.New(), IncidentCode.New(), null, ReportKind.Arrested, Noon);
        NameReason[] why = [new(NamePart.Family, NameDifference.Spelling, "zh=j"), new(NamePart.Given, NameDifference.Initial, "")];
        var kept = SuggestedPerson.Read(new SuggestedPerson("K-7F3Q", 0.92, why).Text)!;
        var view = new IncidentView(incident, null, [], []) { Suggestions = [kept, SuggestedPerson.Read("K-2222 0.30")!] };
        string CardOf(Audience audience) => IncidentCards.Of(view, AlertKind.IncidentTriage, audience, "en", Catalogs.Shipped).Text.Plain;

        Assert.Contains(
            """
            Who may be meant
            • K-7F3Q · the same person · 92 % · family name spelled otherwise (zh=j), given name only an initial
            • K-2222 · possible · 30 % ·
            """,
            CardOf(Audience.Core));
        Assert.DoesNotContain("K-7F3Q", CardOf(Audience.Advocates), StringComparison.Ordinal);
        Assert.DoesNotContain("K-7F3Q", CardOf(Audience.Group), StringComparison.Ordinal);
    }

    private static List<SuggestedPerson> AnySuggestions(Random random) => Enumerable.Range(0, random.Next(6)).Select(at => new SuggestedPerson(
        $"K-{at}{at}{at}{at}", random.NextDouble(), Enumerable.Range(0, random.Next(6)).Select(_ => new NameReason(
            (NamePart)random.Next(4), (NameDifference)random.Next(6), random.Next(2) == 0 ? "" : "zh=j, sh=sch, kh=x, gh=g")).ToList())).ToList();

    private static (IncidentView View, AlertKind Kind, string Language, List<string> Secrets) AnyView(Random random)
    {
        string Noise(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => Fragments[random.Next(Fragments.Length)]));
        var mark = $"zq{random.Next(1_000_000):x}";
        var longest = random.Next(8) == 0 ? 900 : 8;
        string Told(string what) => Noise(longest) + what + mark + Noise(longest);

        ReportContent Content() => new()
        {
            Who = Told("name"),
            Where = random.Next(3) == 0 ? null : Told("place"),
            When = random.Next(3) == 0 ? null : Told("when"),
            ByWhom = random.Next(2) == 0 ? TakenBy.PlainClothes : null,
            Words = Enumerable.Range(0, random.Next(4)).Select(_ => Told("said")).ToList(),
            IsForward = random.Next(4) == 0,
        };

        Report Any(int at) => new(ReportId.New(), AddressId.New(), ReportState.Sent, "en", Content())
        {
            BegunAt = Noon,
            ChangedAt = Noon,
            SentAt = Noon + Duration.FromSeconds(at),
        };

        var reports = Enumerable.Range(0, random.Next(1, 30)).Select(Any).ToList();
        var handling = (Handling)random.Next(3);
        var incident = new Incident(IncidentId.New(), IncidentCode.New(), null, (ReportKind)random.Next(8), Noon)
        {
            Standing = (Standing)random.Next(3),
            Handling = handling,
            Step = random.Next(9),
            TakenBy = handling == Handling.Taken ? PersonId.New() : null,
            AskedAt = random.Next(2) == 0 ? Noon : null,
            Outcome = handling == Handling.Closed ? Outcome.Other : null,
        };
        var people = Enumerable.Range(0, 20).Select(_ => PersonId.New()).ToList();
        var entries = new List<IncidentEntry> { new(Noon, null, IncidentAct.Reported, null) };
        entries.AddRange(people.Take(random.Next(20)).Select(person => new IncidentEntry(Noon, person, IncidentAct.Cannot, null)));
        entries.AddRange(people.Take(random.Next(5)).Select(person => new IncidentEntry(Noon, person, IncidentAct.Note, Told("note"))));
        entries.Add(new IncidentEntry(Noon, null, IncidentAct.Told, "on_call,subscribers,coordinators,other_channel"));

        var names = reports.Select(report => new PersonName(report.Content!.Who!)).ToList();
        var languages = Catalogs.Shipped.Languages.Select(language => language.Code).ToList();
        var view = new IncidentView(incident, null, names, reports)
        {
            Story = new IncidentStory(incident, entries),
            Files = random.Next(4),
            Suggestions = AnySuggestions(random),
        };
        return (view, Kinds[random.Next(Kinds.Length)], languages[random.Next(languages.Count)], [mark, "evil.example", "Almaty", "Тестбай"]);
    }
}
