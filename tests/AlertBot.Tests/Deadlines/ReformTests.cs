using AlertBot.Domain.Deadlines;

namespace AlertBot.Tests.Deadlines;

/// <summary>
/// The European asylum reform applies to applications from 12 June 2026 on (EUR-Lex text of Reg. 2024/1351 art. 85). For older applications it keeps
/// the old law's criteria (art. 84(2)). For their later steps both laws are computed, and people are warned of the earlier end.
/// </summary>
public sealed class ReformTests
{
    [Theory]
    [InlineData("2026-06-11", new[] { "EU-D3-TC-REQUEST-3M" })]
    [InlineData("2026-06-12", new[] { "EU-AMM-TC-REQUEST-2M" })]
    [InlineData("2026-06-30", new[] { "EU-AMM-TC-REQUEST-2M" })]
    [InlineData("2026-07-01", new[] { "EU-AMM-TC-REQUEST-2M" })]
    public void The_law_goes_by_the_day_of_the_application(string applied, string[] rules) =>
        Assert.Equal(
            rules,
            Applied(applied).At("2026-07-02").Where(deadline => deadline.RuleId.Contains("-TC-REQUEST-", StringComparison.Ordinal))
            .Select(deadline => deadline.RuleId).Order());

    [Fact]
    public void Of_a_later_step_in_an_older_procedure_the_earlier_end_is_warned_on_and_the_other_shown_beside_it()
    {
        // 24 July 2026 + 6 months is a Sunday: not moved by the old law, moved by the new one.
        var accepted = Applied("2026-06-01").With("accepted", "2026-07-24");

        var (old, @new) = (accepted.One("EU-D3-TRANSFER-6M", "2026-07-25"), accepted.One("EU-AMM-TRANSFER-6M", "2026-07-25"));

        Assert.Equal((DeadlineState.Scheduled, "2027-01-24"), (old.State, old.Limit.Latest.LocalText));
        Assert.Equal((DeadlineState.Disputed, "2027-01-25"), (@new.State, @new.Limit.Latest.LocalText));
        Assert.Contains(old.Limit.Steps, step => step.Key == "law.step.two-laws");
        Assert.Contains(@new.Limit.Steps, step => step.Key == "law.step.two-laws");
    }

    [Fact]
    public void Of_a_later_decision_in_an_older_procedure_the_one_week_is_warned_on_and_not_the_two()
    {
        var refused = Applied("2026-06-01").With("transfer_decision", "2026-08-03");

        Assert.Equal(DeadlineState.Disputed, refused.One("AT-ASY-APPEAL-2W", "2026-08-04").State);
        Assert.Equal("2026-08-10", refused.One("EU-AMM-APPEAL-1W", "2026-08-04").Limit.Earliest.LocalText);
        Assert.True(refused.One("EU-AMM-APPEAL-1W", "2026-08-04").IsOpen);
    }

    [Fact]
    public void A_step_before_the_reform_goes_by_the_old_law_alone()
    {
        var refused = Applied("2026-05-01").With("transfer_decision", "2026-06-11");

        Assert.True(refused.One("AT-ASY-APPEAL-2W", "2026-06-12").IsOpen);
        Assert.DoesNotContain(refused.At("2026-06-12"), deadline => deadline.RuleId == "EU-AMM-APPEAL-1W");
    }

    [Fact]
    public void Lodged_on_one_day_and_registered_on_another_is_one_procedure()
    {
        var registered = Applied("2026-06-20").With("asylum_registered", "2026-06-24");

        Assert.Equal("2026-08-24", registered.One("EU-AMM-TC-REQUEST-2M", "2026-06-25").Limit.Latest.LocalText);
        Assert.DoesNotContain(registered.At("2026-06-25"), deadline => deadline.RuleId.StartsWith("EU-D3", StringComparison.Ordinal));
    }

    private static Case Applied(string day) => Case.In("AT", "EU").InZone("Europe/Vienna").With("asylum_application", day);
}
