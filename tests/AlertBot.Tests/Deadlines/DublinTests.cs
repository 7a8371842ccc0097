using AlertBot.Domain.Deadlines;
using AlertBot.Tests.Law;

namespace AlertBot.Tests.Deadlines;

/// <summary>Poland, Austria, back to Poland: several procedures in one case, each with its State, its clock and its version of the law.</summary>
public sealed class DublinTests
{
    private static readonly Case InPoland = Case.In("PL", "AT", "EU", "ECHR").InZone("Europe/Warsaw").With("asylum_application", "2023-10-09");
    private static readonly Case InAustria = InPoland.InZone("Europe/Vienna").With("asylum_application", "2023-11-06");

    [Fact]
    public void What_Austria_decides_answers_nothing_in_Poland()
    {
        var refused = InAustria.With("asylum_refused", "2024-01-15");

        Assert.True(refused.One("PL-ASY-DECISION-6M", "2024-01-16").IsOpen);
        Assert.True(refused.One("AT-ASY-APPEAL-4W", "2024-01-16").IsOpen);
        Assert.DoesNotContain(refused.At("2024-01-16"), deadline => deadline.RuleId == "PL-ASY-APPEAL-14D");
    }

    [Fact]
    public void An_appeal_in_Poland_keeps_no_limit_in_Austria()
    {
        var appealed = InAustria.With("transfer_decision", "2024-01-15").InZone("Europe/Warsaw").With("appeal_filed", "2024-01-18");

        Assert.True(appealed.One("AT-ASY-APPEAL-2W", "2024-01-19").IsOpen);
        Assert.Equal(
            DeadlineState.Met, appealed.With("appeal_filed", "2024-01-20", but: @event => @event with { Jurisdiction = "AT" })
            .One("AT-ASY-APPEAL-2W", "2024-01-21").State);
    }

    [Fact]
    public void The_transfer_back_ends_what_Austria_might_still_do_wherever_it_is_put_on_file()
    {
        var decided = InAustria.With("accepted", "2023-12-04").With("transfer_decision", "2024-02-20");

        foreach (var transferred in new[] { decided.With("transfer_done", "2024-02-29"), decided.InZone("Europe/Warsaw")
            .With("transfer_done", "2024-02-29") })
        {
            Assert.Equal(DeadlineState.Met, transferred.One("AT-ASY-APPEAL-2W", "2024-03-01").State);
            Assert.Equal(DeadlineState.Met, transferred.One("EU-D3-TRANSFER-6M", "2024-03-01").State);
            Assert.True(transferred.One("PL-ASY-DECISION-6M", "2024-03-01").IsOpen);
        }
    }

    [Fact]
    public void A_second_application_has_a_second_window_to_ask_the_other_State()
    {
        var windows = InAustria.At("2023-11-07").Where(deadline => deadline.RuleId == "EU-D3-TC-REQUEST-3M").Select(
            deadline => deadline.Limit.Latest.LocalText);

        Assert.Equal(["2024-01-09", "2024-02-06"], windows);
    }

    [Fact]
    public void A_window_that_ends_on_a_Sunday_ends_on_a_Sunday() =>
        Assert.Equal(
            ("2026-05-10", "2026-05-10"),
            ShippedLaw.Ends(InPoland.InZone("Europe/Vienna").With("accepted", "2025-11-10").One("EU-D3-TRANSFER-6M", "2025-11-11").Limit));

    [Fact]
    public void A_Kazakh_procedure_starts_no_clock_of_the_European_Union()
    {
        var both = Case.In("KZ", "PL", "EU").With("asylum_application", "2023-03-01").InZone("Europe/Warsaw").With(
            "asylum_application", "2024-03-04");

        Assert.Equal("2024-06-04", both.One("EU-D3-TC-REQUEST-3M", "2024-03-05").Limit.Latest.LocalText);
        Assert.Equal("2023-06-01", both.One("KZ-REF-DECISION-3M", "2024-03-05").Limit.Latest.LocalText);
    }

    [Fact]
    public void An_event_may_name_its_State_whatever_its_zone()
    {
        var named = Case.In("PL", "AT", "EU").InZone("Europe/Vienna").With(
            "asylum_refused", "2024-01-15", but: @event => @event with { Jurisdiction = "PL" });

        Assert.Equal("Europe/Warsaw", named.One("PL-ASY-APPEAL-14D", "2024-01-16").Limit.Latest.Zone.Id);
        Assert.DoesNotContain(named.At("2024-01-16"), deadline => deadline.RuleId.StartsWith("AT", StringComparison.Ordinal));
    }

    [Fact]
    public void The_court_in_Strasbourg_counts_four_months_from_the_final_decision_and_only_where_it_has_a_say()
    {
        Assert.Equal("2024-07-15", InAustria.With("appeal_decided", "2024-03-15").One("ECHR-4M", "2024-03-16").Limit.Latest.LocalText);
        Assert.DoesNotContain(
            Case.In("KZ", "ECHR").With("appeal_decided", "2024-03-15").At("2024-03-16"), deadline => deadline.RuleId == "ECHR-4M");
    }
}
