using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Tests.Law;

namespace AlertBot.Tests.Deadlines;

/// <summary>A release stops only the clocks of custody: the request stays valid, and the case goes into watch.</summary>
public sealed class ReleaseTests
{
    private const string After = "2025-03-26";

    private static readonly Case Released = Case.In("KZ", "CIS", "UN")
        .With("detention_start", "2024-03-26")
        .With("asylum_registered", "2025-02-10")
        .With("certificate_issued", "2025-02-12")
        .With("extradition_arrest_ordered", "2024-04-30")
        .With("extradition_decision", "2025-03-20")
        .With("hearing_set", "2025-03-21", but: @event => @event with { Sets = ShippedLaw.At("2025-04-03T11:00") })
        .With("interview_set", "2025-03-21", but: @event => @event with { Sets = ShippedLaw.At("2025-04-10T15:00") })
        .With("release", "2025-03-25");

    [Theory]
    [InlineData("KZ-EXTR-12M")]
    [InlineData("CIS-MINSK-40D")]
    [InlineData("KZ-DET-72H")]
    [InlineData("KZ-PROV-40D")]
    public void The_clocks_of_custody_no_longer_run(string rule) =>
        Assert.False(Released.One(rule, After).IsOpen);

    [Theory]
    [InlineData("KZ-REF-DECISION-3M")]
    [InlineData("KZ-REF-CERT-3M")]
    [InlineData("KZ-EXTR-APPEAL-10D")]
    [InlineData("UN-INTERIM")]
    public void The_clocks_of_asylum_of_appeals_of_documents_and_of_courts_go_on(string rule) =>
        Assert.True(Released.One(rule, After).IsOpen);

    [Fact]
    public void A_hearing_or_an_interview_that_is_set_is_still_to_be_seen()
    {
        var hearings = Released.At(After).Where(deadline => deadline.Kind == DeadlineKind.HearingExpected && deadline.RuleId == "date").ToList();

        Assert.Equal(["2025-04-03T11:00", "2025-04-10T15:00"], hearings.Select(hearing => hearing.Limit.Earliest.LocalText));
        Assert.All(hearings, hearing => Assert.True(hearing.IsOpen));
    }

    [Fact]
    public void A_release_counts_as_kept_where_it_came_in_time_and_leaves_the_case_in_watch()
    {
        Assert.Equal(DeadlineState.Met, Released.One("KZ-EXTR-12M", After).State);
        Assert.Equal(CaseStatus.Watch, CaseProgress.StatusAfter(Released.File.Events));
        Assert.Equal(DeadlineKind.Watch, Released.One("watch", After).Kind);
    }

    [Fact]
    public void A_person_released_is_not_held_and_needs_no_next_date() =>
        Assert.DoesNotContain(Released.At("2026-06-01"), deadline => deadline.Kind == DeadlineKind.NoNextDate);

    [Fact]
    public void A_release_of_which_nobody_knows_the_day_ends_custody_when_it_is_put_on_file()
    {
        var released = Case.In("KZ").With("detention_start", "2022-09-13T22:00")
            .With("release", null, but: @event => @event with { RecordedAt = Case.Utc("2023-09-20") });

        Assert.False(released.One("KZ-EXTR-12M", "2023-09-21").IsOpen);
        Assert.Equal(CaseStatus.Watch, CaseProgress.StatusAfter(released.File.Events));
    }

    [Fact]
    public void Only_a_departure_that_is_sure_closes_the_case_and_all_its_clocks_and_it_can_be_opened_again()
    {
        var departed = Released.With("departed", "2026-01-20");
        var reopened = departed.With("case_reopened", "2026-03-01").With("rearrest", "2026-03-02T10:00");

        Assert.Equal(CaseStatus.Closed, CaseProgress.StatusAfter(departed.File.Events));
        Assert.DoesNotContain(departed.At("2026-01-21"), deadline => deadline.IsOpen);
        Assert.Equal(CaseStatus.Open, CaseProgress.StatusAfter(reopened.File.Events));
        Assert.Contains(reopened.At("2026-03-02T12:00:00Z"), deadline => deadline.RuleId == "KZ-DET-72H" && deadline.IsOpen);
    }

    [Fact]
    public void A_case_closed_by_hand_has_no_clocks_whatever_its_events_say()
    {
        var held = Case.In("KZ").With("detention_start", "2024-03-26");

        Assert.DoesNotContain((held with { File = held.File with { Status = CaseStatus.Closed } }).At("2024-03-27"), deadline => deadline.IsOpen);
    }
}
