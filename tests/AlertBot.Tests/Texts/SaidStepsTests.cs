using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using AlertBot.Tests.Law;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Law;
using AlertBot.Workflows.Texts;
using NodaTime;
using Case = AlertBot.Tests.Deadlines.Case;

namespace AlertBot.Tests.Texts;

/// <summary>The arithmetic of every shipped rule, in every language, whatever is known of the event.</summary>
public sealed class SaidStepsTests
{
    private static readonly When?[] Told =
    [
        ShippedLaw.At("2024-02-28T10:00"),
        ShippedLaw.At("2024-02-29T23:30"),
        ShippedLaw.At("2024-02-28"),
        ShippedLaw.At("2024-02-28", precision: Precision.Night),
        ShippedLaw.At("2024-02-28", until: "2024-03-02"),
        ShippedLaw.At("2024-02"),
        ShippedLaw.At("2024"),
        ShippedLaw.At("2026-08-01"),
        ShippedLaw.At("2024-02-28", precision: Precision.Unknown),
        null,
    ];

    [Fact]
    public void Every_step_of_every_rule_is_said_in_every_language()
    {
        var steps = RuleSteps(ShippedLaw.Book).Concat(RuleSteps(WithHolidays())).Concat(CaseSteps()).ToList();

        var said = SayAll(steps);

        Assert.NotEmpty(steps);
        Assert.DoesNotContain(said, words => words.Contains('{', StringComparison.Ordinal));
    }

    [Fact]
    public void Every_text_about_steps_belongs_to_a_step_that_happens()
    {
        var happens = RuleSteps(ShippedLaw.Book).Concat(RuleSteps(WithHolidays())).Concat(CaseSteps()).Select(step => step.Key).ToHashSet();
        var texts = Catalogs.Shipped.TextsOf("en").Keys.Where(key => key.StartsWith("law.step.", StringComparison.Ordinal));

        // Only the command line says that another law may apply.
        Assert.Equal(["law.step.other-law"], texts.Where(key => !happens.Contains(key)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    [InlineData("kk")]
    [InlineData("uz")]
    public void The_command_line_says_every_rule_with_its_banner_and_the_law_it_is_for(string language)
    {
        using var log = new CollectedLogs();
        var catalog = Logged(log);
        var lines = new List<string>();

        foreach (var rule in ShippedLaw.Book.Rules)
        {
            foreach (var at in new[] { "2024-02-28", "2024-02-28T10:00", "2024-02", "2024", "2031-05-05" })
                lines.AddRange(ComputeRule.Run(ShippedLaw.Book, new ComputeRuleInput(rule.Id, at), step => catalog.Say(language, step).Plain).Steps);
        }

        Assert.Empty(log.Lines);
        Assert.Contains(catalog.Plain(language, "law.tier.b"), lines);
        Assert.Contains(catalog.Plain(language, "law.tier.c"), lines);
    }

    [Fact]
    public void The_arithmetic_of_the_year_in_Astana_reads_like_this()
    {
        var steps = ShippedLaw.Limit("KZ-EXTR-12M", ShippedLaw.At("2024-03-26")).Steps;

        Assert.Equal(
            [
                "Это произошло 26 марта 2024 г., Алматы",
                "Срок: 12 месяцев",
                "Месяцы содержания под стражей: конец не переносится из-за выходных и праздников.",
                "Если день события считать первым, последний день — 25 марта 2025 г.",
                "Если день события не считать, последний день — 26 марта 2025 г.",
                "25 марта 2025 г. — нерабочий день (Наурыз, вместо выходного), но этот срок не переносится.",
                "Конец срока: самое раннее — 25 марта 2025 г., самое позднее — 26 марта 2025 г. (время: Алматы)",
            ],
            steps.Skip(1).Select(step => Catalogs.Shipped.Say("ru", step).Plain));
        Assert.StartsWith("Правило KZ-EXTR-12M: ", Catalogs.Shipped.Say("ru", steps[0]).Plain, StringComparison.Ordinal);
    }

    private static List<string> SayAll(IReadOnlyCollection<Step> steps)
    {
        using var log = new CollectedLogs();
        var catalog = Logged(log);
        var said = new List<string>();

        foreach (var step in steps.DistinctBy(step => (step.Key, string.Join('|', step.Arguments))))
        {
            foreach (var language in catalog.Languages)
            {
                Assert.True(catalog.TextsOf(language.Code).ContainsKey(step.Key), $"{language.Code} has no text {step.Key}");
                said.Add(catalog.Say(language.Code, step).Plain);
            }
        }

        // A text or an argument that was missing is in the log.
        Assert.Empty(log.Lines);
        return said;
    }

    private static TextCatalog Logged(CollectedLogs log) =>
        TextCatalog.Load(Path.Combine(ShippedLaw.Root, "config", "texts"), log.For<TextCatalog>());

    private static IEnumerable<Step> RuleSteps(LawBook book)
    {
        var calculator = new LimitCalculator(book);
        LocalDate?[] notices = [null, new LocalDate(2024, 3, 20)];
        When?[] sets = [null, .. Told];

        return
            from rule in book.Rules
            from limit in rule.Limits
            from told in Told
            from notice in notices
            from set in rule.RunsFrom == RunsFrom.DateSet || notice is null ? sets : [null]
            from step in StepsOf(calculator.Compute(rule, limit, new Occasion(told) { Served = notice, Known = notice?.PlusDays(3), Sets = set }))
            select step;
    }

    private static IReadOnlyList<Step> StepsOf(LimitResult result) => result switch
    {
        LimitResult.Ends(var limit) => limit.Steps,
        LimitResult.TooWide(var limit) => limit.Steps,
        LimitResult.NoNumber(var limit) => limit.Steps,
        _ => [],
    };

    // Weekends and one holiday, so that some days are moved and some years are not loaded.
    private static LawBook WithHolidays() => new(
        ShippedLaw.Book.Rules,
        ShippedLaw.Book.Rules.Select(rule => rule.Jurisdiction).Distinct().Select(jurisdiction => WorkCalendar.Unknown(jurisdiction) with
        {
            DaysOff = new Dictionary<LocalDate, string> { [new LocalDate(2024, 3, 8)] = "Women's Day" },
            Years = new HashSet<int> { 2024 },
        }));

    // A case for each kind of event: once with a date it sets, once told vaguely, and with what usually surrounds it.
    private static IEnumerable<Step> CaseSteps()
    {
        string[] states = [.. ShippedLaw.Book.Rules.Select(rule => rule.Jurisdiction).Distinct()];
        foreach (var kind in EventKinds.All)
        {
            var sets = ShippedLaw.At("2025-05-20");
            var cases = new[]
            {
                Case.In(states).With(kind.Code, "2025-02-28", but: @event => @event with { Sets = sets }),
                Case.In().With(kind.Code, "2025-02-28", but: @event => @event with { Sets = sets }),
                Case.In(states).With(kind.Code, "2024", Precision.Year).With("release", "2025-06-01"),
                Case.In(states).With("detention_start", "2025-01-10").With("asylum_application", "2025-01-15").With(kind.Code, "2025-02-28"),
                Case.In(states).With(kind.Code, "2025-02-28").With(kind.Code, "2025-02-10", but: @event => @event with
                {
                    SameFactAs = Case.In("KZ").With(kind.Code, "2025-02-28").Event(1),
                    Preferred = false,
                }),
            };

            foreach (var step in cases.SelectMany(Deadlines).SelectMany(deadline => deadline.Limit.Steps))
                yield return step;
        }

        foreach (var step in Shaped(states).SelectMany(Deadlines).SelectMany(deadline => deadline.Limit.Steps))
            yield return step;
    }

    private static IEnumerable<Case> Shaped(string[] states) =>
    [
        Case.In(states).InZone("Europe/Vienna").With("accepted", "2025-02-28").With("absconding_alleged", "2025-03-20"),
        Case.In(states).InZone("Europe/Vienna").With("asylum_application", "2026-06-01").With("accepted", "2026-06-25"),
        Case.In(states).InZone("Europe/Warsaw").With("asylum_application", "2026-06-20"),
        Case.In(states).With("asylum_refused", null, but: @event => @event with { Known = new LocalDate(2026, 2, 3) }),
        Case.In(states).With("asylum_refused", "2026-07-31").With("administrative_arrest_ordered", "2026-08-10").With("appeal_filed", "2026-08-12"),
        Case.In(states).With("detention_start", "2025-02-28")
            .With("release", "2025-03-10", but: @event => @event with { RecordedBy = Case.Somebody }),
        Case.In(states).With("departure_reported", "2025-02-28"),
        Case.In(states).With(
            "hearing_set", "2025-02-28", but: @event => @event with { Sets = ShippedLaw.At("2025-03-10", precision: Precision.Unknown) }),
        Case.In(states).With("detention_start", "2025-02-28").With("release", "2025-03-10"),
    ];

    private static IEnumerable<Deadline> Deadlines(Case @case) =>
        new[] { "2025-03-01", "2026-12-01" }.SelectMany(@case.At);
}
