using System.Text;
using System.Text.Json;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Reports;
using AlertBot.Domain.Time;
using AlertBot.Tests.Texts;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.Tests.Talking;

public class ReportTalkTests
{
    private static readonly DateTimeZone Almaty = DateTimeZoneProviders.Tzdb["Asia/Almaty"];
    private static readonly Instant Now = Instant.FromUtc(2022, 9, 14, 9, 0);

    private static readonly string[] AnyWords =
    [
        "they took my brother", "Testbay Invented", "вчера в 10 вечера", "keshe", "Almaty, the market", "yes", "/start", "report:1:send", "   ", "",
        "\u202e\u0000\uD800", new string('x', 201), new string('y', 4_000), "{name} *bold* [x](y)", "2022-09-13", "tomorrow", "a\nb",
    ];

    private static readonly string[] AnyData =
    [
        "send", "skip", "back", "clear", "goon", "anew", "discard", "change", "arrested", "police",
        "saw", "yes", "no", "now", "night", "who", "check",
        "resume", "", ":", "\uD800",
    ];

    [Fact]
    public void A_report_is_told_by_presses_and_a_few_words()
    {
        var telling = Press(ReportTalk.Begin(7), "arrested");
        telling = Say(telling, "Testbay Invented");
        telling = Say(telling, "вчера в 10 вечера");
        telling = Say(telling, "Almaty");
        telling = Press(Press(Press(telling, "plain_clothes"), "saw"), "no");
        Assert.Equal(TellingAt.Attach, telling.At);
        telling = Press(telling, "skip");

        Assert.Equal(TellingAt.Check, telling.At);
        Assert.Equal(
            new ReportContent
            {
                Kind = ReportKind.Arrested,
                Who = "Testbay Invented",
                When = "вчера в 10 вечера",
                WhenRead = "2022-09-13T22:00",
                WhenPrecision = Precision.Exact,
                Zone = "Asia/Almaty",
                Where = "Almaty",
                ByWhom = TakenBy.PlainClothes,
                Witness = Witness.Saw,
                MayContact = false,
            },
            telling.Content);
        Assert.Equal(TellingResult.Send, Turn(telling, "send").Result);
    }

    [Fact]
    public void What_is_said_straight_away_is_kept_and_what_it_tells_is_not_asked_again()
    {
        var turn = ReportTalk.BeginWith(7, new Heard.Told("They took my brother last night", new GeoPoint(43.2, 76.9)), Now, Almaty);

        Assert.Equal(["They took my brother last night"], turn.Next.Content.Words);
        Assert.Equal(
            ("last night", "2022-09-13", Precision.Night), (turn.Next.Content.When, turn.Next.Content.WhenRead, turn.Next.Content.WhenPrecision));
        Assert.Equal((ReportKind.TakenUnknown, true), (turn.Next.Content.Kind, turn.Next.Content.IsKindRead));
        Assert.Equal(TellingAt.Who, turn.Next.At);
        Assert.Equal(TellingAt.ByWhom, Say(turn.Next, "Testbay Invented").At);
    }

    [Fact]
    public void A_photo_in_the_middle_is_kept_and_the_question_stays_open()
    {
        var asked = Press(ReportTalk.Begin(7), "arrested");

        var turn = ReportTalk.Answer(asked, new Heard.Told("at the market", Files: [Photo(1_000), Photo(FilesThatFit.Largest + 1)]), Now, Almaty);

        Assert.Equal((TellingAt.Who, 1, "report.file-too-large"), (turn.Next.At, turn.Next.Files, turn.NotKept));
        Assert.Single(turn.Files);
        Assert.Equal(["at the market"], turn.Next.Content.Words);
    }

    [Fact]
    public void An_answer_is_changed_from_the_summary_and_the_summary_comes_again()
    {
        var telling = ReportTalk.Begin(7);
        while (telling.At != TellingAt.Check)
            telling = Press(telling, telling.At == TellingAt.Kind ? "arrested" : "skip");

        telling = Press(Press(telling, "change"), "kind");
        Assert.Equal(TellingAt.Kind, telling.At);
        telling = Press(telling, "searched");

        Assert.Equal((TellingAt.Check, ReportKind.Searched), (telling.At, telling.Content.Kind));
        Assert.Equal(TellingAt.Check, Press(Press(Press(telling, "change"), "who"), "back").At);
    }

    [Fact]
    public void Nothing_is_sent_while_nothing_is_told() => Assert.Equal("report.nothing-yet", Turn(ReportTalk.Begin(7), "send").Remark);

    [Fact]
    public void Whatever_is_said_nothing_told_is_lost_and_there_is_always_a_way_on() => Property.ForAll(random => random, random =>
    {
        var telling = random.Next(2) == 0 ? ReportTalk.Begin(1_000) : ReportTalk.BeginWith(1_000, Any(random), Now, Almaty).Next;
        for (var step = 0; step < 60; step++)
        {
            telling = Restarted(telling);
            var prompt = ReportPrompts.Ask(telling);
            var text = prompt.In("en", Catalogs.Shipped);
            var choices = prompt.ChoicesIn("en", Catalogs.Shipped, "report", telling.Turn).SelectMany(row => row).ToList();
            Assert.NotEmpty(text.Plain.Trim());
            Assert.Contains(choices, choice => choice.Data.EndsWith(":send", StringComparison.Ordinal));
            Assert.Contains(choices, choice => choice.Data.Split(':')[2] is "skip" or "back" or "goon");
            Assert.All(choices, choice => Assert.InRange(Encoding.UTF8.GetByteCount(choice.Data), 1, 64));
            Assert.All(choices, choice => Assert.InRange(choice.Label.Length, 1, 50));

            Heard said = random.Next(10) switch
            {
                < 4 => new Heard.Pressed(telling.Turn, choices[random.Next(choices.Count)].Data.Split(':', 3)[2]),
                4 => new Heard.Pressed(telling.Turn, AnyData[random.Next(AnyData.Length)]),
                5 => new Heard.Pressed(telling.Turn - random.Next(1, 5), AnyData[random.Next(AnyData.Length)]),
                _ => Any(random),
            };
            var turn = ReportTalk.Answer(telling, said, Now, Almaty);

            Kept(telling, turn, said);
            if (turn.Result is TellingResult.Send or TellingResult.Discard or TellingResult.Anew)
            {
                Assert.IsType<Heard.Pressed>(said);
                return;
            }

            telling = turn.Next;
        }
    }, runs: 1_000);

    // What was told stays, except the answer to the open question. Everything new is kept, or the reporter is told that it is not.
    private static void Kept(Telling before, TellingTurn turn, Heard said)
    {
        var (old, content) = (before.Content, turn.Next.Content);
        Assert.Equal(old.Words, content.Words.Take(old.Words.Count));
        Assert.True(turn.Next.Files >= before.Files);
        if (before.At != TellingAt.Kind && old.Kind is not null)
            Assert.Equal(old.Kind, content.Kind);
        if (before.At != TellingAt.Who)
            Assert.Equal(old.Who, content.Who);
        if (before.At != TellingAt.When && old.When is not null)
            Assert.Equal((old.When, old.WhenRead), (content.When, content.WhenRead));
        if (before.At != TellingAt.Where && old.Where is not null)
            Assert.Equal(old.Where, content.Where);
        if (before.At != TellingAt.ByWhom)
            Assert.Equal(old.ByWhom, content.ByWhom);
        if (before.At != TellingAt.Witness)
            Assert.Equal(old.Witness, content.Witness);
        if (before.At != TellingAt.Contact)
            Assert.Equal(old.MayContact, content.MayContact);
        if (said is Heard.Told { Text: { } text } && text.Trim() is { Length: > 0 } told && turn.NotKept != "report.too-much")
            Assert.True(content.Words.Contains(told) || content.Who == told || content.When == told || content.Where == told);
    }

    private static Heard.Told Any(Random random) => new(
        random.Next(5) == 0 ? null : AnyWords[random.Next(AnyWords.Length)],
        random.Next(8) == 0 ? new GeoPoint(43.2, 76.9) : null,
        random.Next(8) == 0 ? Enumerable.Range(0, random.Next(3)).Select(_ => Photo(random.Next(40) << 20)).ToList() : null)
    {
        IsForward = random.Next(10) == 0,
    };

    private static IncomingFile Photo(long size) => new("handle", "photo", "image/jpeg", size);

    // Restored as after a restart: the conversation from one store, the report from another.
    private static Telling Restarted(Telling telling) =>
        Speaker.Restarted(telling) with { Content = JsonSerializer.Deserialize<ReportContent>(JsonSerializer.Serialize(telling.Content))! };

    private static TellingTurn Turn(Telling telling, string data) => ReportTalk.Answer(telling, new Heard.Pressed(telling.Turn, data), Now, Almaty);

    private static Telling Press(Telling telling, string data) => Turn(telling, data).Next;

    private static Telling Say(Telling telling, string text) => ReportTalk.Answer(telling, new Heard.Told(text), Now, Almaty).Next;
}
