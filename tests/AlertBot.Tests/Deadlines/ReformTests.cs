using AlertBot.Domain.Deadlines;

namespace AlertBot.Tests.Deadlines;

/// <summary>
/// The European asylum reform is said to apply from 12 June or from 1 July 2026. For what falls in between both laws are computed;
/// people are warned on the earlier.
/// </summary>
public sealed class ReformTests
{
    [Theory]
    [InlineData("2026-06-11", new[] { "EU-D3-TC-REQUEST-3M" })]
    [InlineData("2026-06-12", new[] { "EU-AMM-TC-REQUEST-2M", "EU-D3-TC-REQUEST-3M" })]
    [InlineData("2026-06-30", new[] { "EU-AMM-TC-REQUEST-2M", "EU-D3-TC-REQUEST-3M" })]
    [InlineData("2026-07-01", new[] { "EU-AMM-TC-REQUEST-2M" })]
    public void The_law_goes_by_the_day_of_the_application(string applied, string[] rules) =>
        Assert.Equal(
            rules,
            Applied(applied).At("2026-07-02").Where(deadline => deadline.RuleId.Contains("-TC-REQUEST-", StringComparison.Ordinal))
            .Select(deadline => deadline.RuleId).Order());

    [Fact]
    public void In_between_the_earlier_end_is_warned_on_and_the_other_shown_beside_it()
    {
        var applied = Applied("2026-06-20");

        var (old, @new) = (applied.One("EU-D3-TC-REQUEST-3M", "2026-06-21"), applied.One("EU-AMM-TC-REQUEST-2M", "2026-06-21"));

        Assert.Equal((DeadlineState.Disputed, "2026-09-20"), (old.State, old.Limit.Latest.LocalText));
        Assert.Equal((DeadlineState.Scheduled, "2026-08-20"), (@new.State, @new.Limit.Latest.LocalText));
        Assert.Contains(old.Limit.Steps, step => step.Key == "law.step.two-laws");
        Assert.Contains(@new.Limit.Steps, step => step.Key == "law.step.two-laws");
    }

    [Fact]
    public void A_decision_taken_later_still_goes_by_the_law_of_its_application()
    {
        var refused = Applied("2026-06-01").With("transfer_decision", "2026-08-03");

        Assert.True(refused.One("AT-ASY-APPEAL-2W", "2026-08-04").IsOpen);
        Assert.DoesNotContain(refused.At("2026-08-04"), deadline => deadline.RuleId == "EU-AMM-APPEAL-1W");
    }

    [Fact]
    public void In_between_the_one_week_of_the_new_law_is_warned_on_and_not_the_two_of_the_old()
    {
        var refused = Applied("2026-06-20").With("transfer_decision", "2026-08-03");

        Assert.Equal(DeadlineState.Disputed, refused.One("AT-ASY-APPEAL-2W", "2026-08-04").State);
        Assert.Equal("2026-08-10", refused.One("EU-AMM-APPEAL-1W", "2026-08-04").Limit.Earliest.LocalText);
        Assert.True(refused.One("EU-AMM-APPEAL-1W", "2026-08-04").IsOpen);
    }

    [Fact]
    public void Lodged_on_one_day_and_registered_on_another_is_one_procedure()
    {
        var registered = Applied("2026-06-20").With("asylum_registered", "2026-06-24");

        Assert.Equal("2026-09-20", registered.One("EU-D3-TC-REQUEST-3M", "2026-06-25").Limit.Latest.LocalText);
        Assert.Equal("2026-08-24", registered.One("EU-AMM-TC-REQUEST-2M", "2026-06-25").Limit.Latest.LocalText);
        Assert.Equal(DeadlineState.Disputed, registered.One("EU-D3-TC-REQUEST-3M", "2026-06-25").State);
    }

    private static Case Applied(string day) => Case.In("AT", "EU").InZone("Europe/Vienna").With("asylum_application", day);
}
