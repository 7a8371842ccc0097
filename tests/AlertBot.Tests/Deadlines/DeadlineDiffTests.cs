using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using AlertBot.Tests.Law;
using NodaTime;

namespace AlertBot.Tests.Deadlines;

/// <summary>What people are told when a computation differs from the stored one.</summary>
public sealed class DeadlineDiffTests
{
    private const string Now = "2024-03-28";

    private static readonly Case Detained = Case.In("KZ").With("detention_start", "2024-03-26");

    [Fact]
    public void Nothing_changed_is_nothing_to_tell() =>
        Assert.True(Between(Detained, Now, Detained, Now).IsEmpty);

    [Fact]
    public void Time_alone_adds_and_moves_nothing()
    {
        var diff = Between(Detained, Now, Detained, "2025-01-01");

        Assert.Empty(diff.Added);
        Assert.Empty(diff.Moved);
    }

    [Fact]
    public void A_first_event_adds_its_deadlines()
    {
        var diff = Between(Case.In("KZ"), Now, Detained, Now);

        Assert.Equal(
            ["KZ-DET-48H", "KZ-DET-72H", "KZ-EXTR-12M", "KZ-MOTION-12H", "KZ-PROV-40D"],
            diff.Added.Select(deadline => deadline.RuleId).Order());
        Assert.Empty(diff.Moved);
        Assert.Empty(diff.Ended);
    }

    [Fact]
    public void A_corrected_detention_moves_all_its_clocks_and_says_why()
    {
        var corrected = Detained.Corrected(1, @event => @event with { When = ShippedLaw.At("2024-03-25") });

        var diff = Between(Detained, Now, corrected, Now);

        Assert.Empty(diff.Added);
        Assert.Equal(["KZ-DET-72H", "KZ-EXTR-12M", "KZ-PROV-40D"], diff.Moved.Select(each => each.To.RuleId).Order());
        var moved = Assert.Single(diff.Moved, each => each.To.RuleId == "KZ-EXTR-12M");
        Assert.Equal(("2025-03-25", "2025-03-24"), (moved.From.Limit.Earliest.LocalText, moved.To.Limit.Earliest.LocalText));
        Assert.Equal(MoveCause.DateCorrected, moved.Why);
        Assert.True(moved.IsEarlier);
    }

    [Fact]
    public void A_date_that_became_more_exact_moves_later_or_closer_together()
    {
        var night = Case.In("KZ").With("detention_start", "2022-09-13", Precision.Night, "2022-09-14");
        var exact = night.Corrected(1, @event => @event with { When = ShippedLaw.At("2022-09-13T22:00") });

        var moved = Assert.Single(
            Between(night, "2022-09-14", exact, "2022-09-14").Moved, each => each.To.RuleId == "KZ-DET-72H" && each.To.Key.Count(c => c == ':') == 1);

        Assert.False(moved.IsEarlier);
        Assert.Equal(MoveCause.DateCorrected, moved.Why);
    }

    [Fact]
    public void A_release_ends_what_ran_and_says_to_which_state_it_came()
    {
        var diff = Between(Detained, Now, Detained.With("release", "2024-03-28"), "2024-03-29");

        Assert.Contains(diff.Ended, ended => ended.Deadline.RuleId == "KZ-EXTR-12M" && ended.State == DeadlineState.Met);
        Assert.Equal("watch", Assert.Single(diff.Added).RuleId);
        Assert.Empty(diff.Moved);
    }

    [Fact]
    public void An_event_that_was_taken_back_takes_its_deadlines_with_it()
    {
        var diff = Between(Detained, Now, Case.In("KZ"), Now);

        Assert.Equal(5, diff.Ended.Count);
        Assert.All(diff.Ended, ended => Assert.Equal(DeadlineState.Cancelled, ended.State));
    }

    [Fact]
    public void A_day_printed_in_a_decision_is_the_cause_that_is_named()
    {
        var refused = Case.In("KZ").With("asylum_refused", "2023-07-31");
        var printed = refused.Corrected(1, @event => @event with { Sets = ShippedLaw.At("2023-10-20") });

        var moved = Assert.Single(Between(refused, "2023-08-15", printed, "2023-08-15").Moved, each => each.To.RuleId == "KZ-ADM-COMPLAINT-3M");

        Assert.Equal(MoveCause.PrintedDate, moved.Why);
        Assert.True(moved.IsEarlier);
    }

    [Fact]
    public void A_decision_that_became_known_later_is_the_cause_that_is_named()
    {
        var refused = Case.In("KZ").With("asylum_refused", "2023-07-31");

        var moved = Assert.Single(
            Between(refused, "2023-08-15", refused.With("decision_became_known", "2023-08-14"), "2023-08-15").Moved,
            each => each.To.RuleId == "KZ-ADM-COMPLAINT-3M");

        Assert.Equal(MoveCause.NoticeAdded, moved.Why);
        Assert.False(moved.IsEarlier);
        Assert.Equal("2023-10-31", moved.To.Limit.Earliest.LocalText);
    }

    [Fact]
    public void A_calendar_that_was_loaded_is_a_change_of_law()
    {
        var refused = Case.In("KZ").With("administrative_arrest_ordered", "2025-02-26");
        var before = CaseDeadlines.Compute(refused.File, new LawBook(ShippedLaw.Book.Rules, []), Case.Utc("2025-03-01"));

        var moved = Assert.Single(DeadlineDiff.Between(before, refused.At("2025-03-01")).Moved);

        Assert.Equal(("KZ-CAO-APPEAL-10D", MoveCause.LawChanged), (moved.To.RuleId, moved.Why));
        Assert.Equal(new LocalDate(2025, 3, 11), moved.To.Limit.Latest.Day);
    }

    [Fact]
    public void What_is_over_already_is_not_told_again()
    {
        var released = Detained.With("release", "2024-03-28");

        Assert.True(Between(released, "2024-03-29", released.With("status_note", "2024-03-29"), "2024-03-30").IsEmpty);
    }

    private static DeadlineDiff Between(Case before, string then, Case after, string now) => DeadlineDiff.Between(before.At(then), after.At(now));
}
