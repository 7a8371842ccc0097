using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Workflows.Law;

namespace AlertBot.Tests.Law;

public sealed class ComputeRuleTests
{
    [Fact]
    public void A_rule_and_a_day_give_both_ends_as_local_day_and_as_instant_with_the_arithmetic()
    {
        var answer = Run(new ComputeRuleInput("KZ-EXTR-12M", "2024-03-26"));

        Assert.Null(answer.Error);
        Assert.Equal(new ComputedEnd("2025-03-25", "Asia/Almaty", "2025-03-25T19:00:00Z"), answer.Earliest);
        Assert.Equal(new ComputedEnd("2025-03-26", "Asia/Almaty", "2025-03-26T19:00:00Z"), answer.Latest);
        Assert.Contains("law.step.first-day-counts", answer.Steps);
        Assert.Null(answer.Remark);
    }

    [Theory]
    [InlineData("KZ-EXTR-12M", "2024-03-26", DeadlineKind.ReleaseDue, Duty.Authority, "")]
    [InlineData("KZ-PRETRIAL-2M", "2024-03-26", DeadlineKind.ReleaseDue, Duty.Court, "not_verified ask_before_saying_overdue")]
    [InlineData("KZ-PROV-NOTICE-10D", "2024-03-26", DeadlineKind.AuthorityDuty, Duty.Prison, "nobody_is_warned")]
    [InlineData("KZ-CAO-APPEAL-10D", "2027-02-24", DeadlineKind.AppealDue, Duty.Person, "not_verified calendar_not_loaded")]
    [InlineData("KZ-ADM-COMPLAINT-3M", "2020-02-24", DeadlineKind.AppealDue, Duty.Person, "other_law calendar_not_loaded")]
    [InlineData("KG-EXTR", "2024-03-26", DeadlineKind.ConfirmFact, Duty.Advocate, "no_number switched_off")]
    public void It_says_what_the_rule_is_about_whose_duty_it_is_and_what_to_know_before_trusting_it(
        string rule, string at, DeadlineKind kind, Duty duty, string warnings)
    {
        var answer = Run(new ComputeRuleInput(rule, at));

        Assert.Equal((kind, duty, warnings), (answer.Kind, answer.Duty, string.Join(' ', answer.Warnings)));
    }

    [Fact]
    public void A_limit_in_hours_answers_with_the_minute() =>
        Assert.Equal(
            new ComputedEnd("2024-03-02T09:00", "Asia/Almaty", "2024-03-02T04:00:00Z"),
            Run(new ComputeRuleInput("KZ-DET-72H", "2024-02-28T10:00")).Earliest);

    [Fact]
    public void The_zone_may_be_chosen_and_a_treaty_takes_the_zone_of_the_place() =>
        Assert.Equal("Europe/Vienna", Run(new ComputeRuleInput("EU-D3-TRANSFER-6M", "2025-11-10") { Zone = "Europe/Vienna" }).Latest?.Zone);

    [Fact]
    public void A_decision_may_have_been_served_or_learned_of_later()
    {
        var answer = Run(new ComputeRuleInput("KZ-ADM-COMPLAINT-3M", "2023-07-31") { Known = "14.08.2023" });

        Assert.Equal(("2023-10-31", "2023-11-14"), (answer.Earliest?.Local, answer.Latest?.Local));
    }

    [Theory]
    [InlineData("KZ-DET-72H", "2022-09", "too_wide")]
    [InlineData("VCCR-36", "2024-03-26", "no_number")]
    [InlineData("KZ-DET-72H", "2022-09-13", null)]
    public void What_cannot_be_counted_is_answered_all_the_same_and_says_so(string rule, string at, string? remark) =>
        Assert.Equal(remark, Run(new ComputeRuleInput(rule, at)).Remark);

    [Theory]
    [InlineData("KZ-IJ-APPEAL-3D", "law.tier.b")]
    [InlineData("KZ-HANDOVER-30D", "law.tier.c")]
    public void A_rule_that_was_not_verified_says_so_last(string rule, string step) =>
        Assert.Equal(step, Run(new ComputeRuleInput(rule, "2024-03-26")).Steps[^1]);

    [Fact]
    public void A_law_that_did_not_apply_yet_says_so() =>
        Assert.Contains("law.step.other-law", Run(new ComputeRuleInput("EU-AMM-APPEAL-1W", "2025-03-03") { Zone = "Europe/Berlin" }).Steps);

    [Theory]
    [InlineData("KZ-DET-72", "2024-03-26", null, "unknown rule 'KZ-DET-72' (did you mean 'KZ-DET-72H'?)")]
    [InlineData("KZ-DET-72H", "some day", null, "cannot read the time 'some day'")]
    [InlineData("KZ-DET-72H", "2024-03-26", "Asia/Astana", "unknown time zone 'Asia/Astana'")]
    public void What_cannot_be_read_is_refused_with_a_sentence(string rule, string at, string? zone, string error) =>
        Assert.Contains(error, Run(new ComputeRuleInput(rule, at) { Zone = zone }).Error, StringComparison.Ordinal);

    [Fact]
    public void Options_that_cannot_be_read_are_refused_by_name()
    {
        var input = new ComputeRuleInput("KZ-ADM-COMPLAINT-3M", "2023-07-31");

        Assert.Contains("unknown precision 'about'", Run(input with { Precision = "about" }).Error, StringComparison.Ordinal);
        Assert.Contains("--until '9999-12-31'", Run(input with { Until = "9999-12-31" }).Error, StringComparison.Ordinal);
        Assert.Contains("--served 'x'", Run(input with { Served = "x" }).Error, StringComparison.Ordinal);
        Assert.Contains("--known 'x'", Run(input with { Known = "x" }).Error, StringComparison.Ordinal);
        Assert.Contains("no 'until' before it", Run(input with { Until = "2023-07-30" }).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shipped_rule_answers_for_a_plain_day() =>
        Assert.All(ShippedLaw.Book.Rules, rule => Assert.NotNull(Run(new ComputeRuleInput(rule.Id, "2024-03-26") { Precision = "day" }).Earliest));

    private static ComputedRule Run(ComputeRuleInput input) => ComputeRule.Run(ShippedLaw.Book, input, (Step step) => step.Key);
}
