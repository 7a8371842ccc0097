using AlertBot.Domain.Law;
using NodaTime;

namespace AlertBot.Tests.Law;

/// <summary>Mistakes that people make in <c>rules.yaml</c>: each is named with its line, and no other rule suffers.</summary>
public sealed class RuleFileTests
{
    private const string Good = """
        jurisdiction: XX
        zones: [Europe/Warsaw]
        rules:
          - id: XX-1
            trigger: arrest
            starts: [detention_start]
            length: 48 hours
            counting: H
            kind: release_due
            tier: A
            citation: an invented code, art. 1
            seen: text
            confidence: high
          - id: XX-2
            trigger: decision served
            runs_from: notice
            starts: [asylum_refused]
            stops: [appeal_filed]
            length: 2 weeks
            counting: DE
            kind: appeal_due
            tier: B
            citation: an invented code, art. 2
            seen: memory
            confidence: low
        """;

    [Fact]
    public void A_good_file_gives_its_rules()
    {
        var (rules, problems) = SampleLaw.ReadRules(Good);

        Assert.Empty(problems);
        Assert.Equal(["XX-1", "XX-2"], rules.Select(rule => rule.Id));
        Assert.Equal(
            (new Length(2, LengthUnit.Weeks), Counting.Germany, RunsFrom.Notice), (rules[1].Main.Length, rules[1].Main.Counting, rules[1].RunsFrom));
        Assert.Equal("Europe/Warsaw", Assert.Single(rules[0].Zones).Id);
    }

    [Theory]
    [InlineData(
        "    citation: an invented code, art. 1", "    citaton: an invented code, art. 1", 11, "unknown key 'citaton' (did you mean 'citation'?)")]
    [InlineData("    length: 48 hours", "    length: 48 hurs", 7, "bad unit 'hurs' (did you mean 'hours'?)")]
    [InlineData("    length: 48 hours", "    length: two days", 7, "'two days' is no length")]
    [InlineData("    length: 48 hours", "    length: 0 hours", 7, "'0 hours' is no length")]
    [InlineData("    length: 48 hours", "    length: 5000 years", 7, "longer than a hundred years")]
    [InlineData("    length: 48 hours", "    length: [48, hours]", 7, "'length' must be a single value")]
    [InlineData("    length: 48 hours\n", "", 4, "'length' is missing: write a number and a unit")]
    [InlineData("    length: 48 hours", "    length: 12 cutoff_hours_before", 7, "name it in 'before'")]
    [InlineData("    citation: an invented code, art. 1\n", "", 4, "'citation' is missing: name the law and article")]
    [InlineData("    trigger: arrest\n", "", 4, "'trigger' is missing")]
    [InlineData("    starts: [detention_start]\n", "", 4, "'starts' is missing")]
    [InlineData("    starts: [detention_start]", "    starts: [detention_strat]", 6, "unknown event kind 'detention_strat' in 'starts' (did you "
        + "mean 'detention_start'?)")]
    [InlineData("    counting: H\n", "", 4, "'counting' is missing")]
    [InlineData("    counting: H", "    counting: CUST-X", 8, "unknown counting code 'CUST-X' (did you mean 'CUST-D'?)")]
    [InlineData("    counting: H", "    counting: PL", 8, "a length in hours is counted by H")]
    [InlineData("    kind: release_due", "    kind: relase_due", 9, "unknown kind 'relase_due' (did you mean 'release_due'?)")]
    [InlineData("    tier: A", "    tier: D", 10, "unknown tier 'D'")]
    [InlineData("    seen: text", "    seen: heard", 12, "unknown seen 'heard'")]
    [InlineData("    confidence: high\n", "", 4, "'confidence' is missing: one of high, medium, low")]
    [InlineData("    tier: A", "    tier: A\n    applies_from: soon", 11, "'soon' is no date")]
    [InlineData("    tier: A", "    tier: A\n    applies_from: 2026-02-01\n    applies_until: 2026-01-01", 11, "the law would end before it begins")]
    [InlineData("    tier: A", "    tier: A\n    before: XX-2", 11, "'before' only goes with a length in cutoff_hours_before")]
    [InlineData("    tier: A", "    tier: A\n    zones: [Europe/Warsow]", 11, "unknown time zone 'Europe/Warsow' (did you mean 'Europe/Warsaw'?)")]
    [InlineData("    tier: A", "    tier: A\n    not_in_asylum_cases: yes", 11, "must be true or false, not 'yes'")]
    [InlineData("    tier: A", "    tier: A\n    also:\n      - { name: a, length: 1 hours }\n      - { name: a, length: 2 hours }",
        11, "two further limits are called 'a'")]
    [InlineData("    tier: A", "    tier: A\n    also:\n      - { name: a, lenght: 1 hours }", 12, "unknown key 'lenght' (did you mean 'length'?)")]
    public void A_mistake_is_named_with_its_line_and_what_to_do_and_the_other_rule_loads(string right, string wrong, long line, string text)
    {
        var (rules, problems) = SampleLaw.ReadRules(Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(
            problems, problem => problem.File == "rules.yaml" && problem.Line == line && problem.Text.Contains(text, StringComparison.Ordinal));
        Assert.Equal("XX-2", Assert.Single(rules).Id);
    }

    [Theory]
    [InlineData("jurisdiction: XX", "jurisdicton: XX", 1, "unknown key 'jurisdicton' (did you mean 'jurisdiction'?)")]
    [InlineData("jurisdiction: XX\n", "", 1, "'jurisdiction' is missing")]
    public void A_file_without_its_jurisdiction_gives_no_rules(string right, string wrong, long line, string text)
    {
        var (rules, problems) = SampleLaw.ReadRules(Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Empty(rules);
        Assert.Contains(problems, problem => problem.Line == line && problem.Text.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- list")]
    [InlineData("just words")]
    [InlineData("jurisdiction: [unclosed")]
    [InlineData("rules: *nowhere")]
    [InlineData("jurisdiction: XX\njurisdiction: YY")]
    [InlineData("jurisdiction: XX\nrules:")]
    [InlineData("jurisdiction: XX\nrules: {id: XX-1}")]
    [InlineData("jurisdiction: XX\nrules: [words]")]
    [InlineData("\tjurisdiction: XX")]
    public void A_file_that_is_something_else_is_a_problem_and_never_an_exception(string text)
    {
        var (rules, problems) = SampleLaw.ReadRules(text);

        Assert.Empty(rules);
        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.InRange(problem.Line, 1, 3));
    }

    [Fact]
    public void A_date_with_a_name_is_set_in_one_place_and_the_day_before_it_is_written_minus_one()
    {
        var (rules, problems) = SampleLaw.ReadRules(Good
            .Replace("rules:", "dates:\n  reform: 2026-06-12\nrules:", StringComparison.Ordinal)
            .Replace("    tier: A", "    tier: A\n    applies_until: reform-1", StringComparison.Ordinal)
            .Replace("    tier: B", "    tier: B\n    applies_from: reform", StringComparison.Ordinal));

        Assert.Empty(problems);
        Assert.Equal(new LocalDate(2026, 6, 11), rules[0].AppliesUntil);
        Assert.Equal(new LocalDate(2026, 6, 12), rules[1].AppliesFrom);
    }

    [Fact]
    public void A_further_limit_takes_from_the_main_one_what_it_does_not_say_and_hours_need_no_code()
    {
        var (rules, problems) = SampleLaw.ReadRules(Good.Replace(
            "    tier: B", "    tier: B\n    also:\n      - length: 1 weeks\n      - { length: 24 hours, kind: soft_limit, other_reading: true }",
            StringComparison.Ordinal));

        Assert.Empty(problems);
        Assert.Equal(("1-weeks", Counting.Germany, rules[1].Main.Kind), (rules[1].Also[0].Name, rules[1].Also[0].Counting, rules[1].Also[0].Kind));
        Assert.Equal(("24-hours", Counting.Hours, true), (rules[1].Also[1].Name, rules[1].Also[1].Counting, rules[1].Also[1].IsOtherReading));
    }
}
