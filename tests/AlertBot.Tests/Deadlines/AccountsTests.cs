using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;

namespace AlertBot.Tests.Deadlines;

/// <summary>Contradictory accounts are stored side by side, with one preferred. A date that starts a clock needs two people.</summary>
public sealed class AccountsTests
{
    // Two accounts of one arrest: a list names September 2022, the person herself October.
    private static readonly Case Contradiction = Case.In("KZ").With("detention_start", "2022-09");

    private static readonly Case SeptemberPreferred = Contradiction.With(
        "detention_start", "2022-10", but: @event => @event with { SameFactAs = Contradiction.Event(1), Preferred = false });

    private static readonly Case OctoberPreferred = Contradiction.Corrected(1, @event => @event with { Preferred = false })
        .With("detention_start", "2022-10", but: @event => @event with { SameFactAs = Contradiction.Event(1) });

    [Fact]
    public void Two_accounts_of_one_fact_start_one_clock_by_the_preferred_one()
    {
        Assert.Equal("2023-08-31", SeptemberPreferred.One("KZ-EXTR-12M", "2022-11-01").Limit.Earliest.LocalText);
        Assert.Equal("2023-09-30", OctoberPreferred.One("KZ-EXTR-12M", "2022-11-01").Limit.Earliest.LocalText);
    }

    [Fact]
    public void An_account_that_was_not_preferred_but_would_end_earlier_is_named_beside_the_date()
    {
        var note = Assert.Single(OctoberPreferred.One("KZ-EXTR-12M", "2022-11-01").Limit.Steps, step => step.Key == "law.step.other-account");

        Assert.Equal("2023-08-31", Assert.Single(note.Arguments).Value);
        Assert.DoesNotContain(SeptemberPreferred.One("KZ-EXTR-12M", "2022-11-01").Limit.Steps, step => step.Key == "law.step.other-account");
    }

    [Fact]
    public void Preferring_the_other_account_moves_the_date_and_both_stay_on_file()
    {
        var moved = Assert.Single(
            DeadlineDiff.Between(SeptemberPreferred.At("2022-11-01"), With(OctoberPreferred, SeptemberPreferred).At("2022-11-01")).Moved,
            each => each.To.RuleId == "KZ-EXTR-12M");

        Assert.Equal(MoveCause.DateCorrected, moved.Why);
        Assert.Equal(2, OctoberPreferred.File.Events.Count);
    }

    [Fact]
    public void A_second_account_that_says_the_same_more_vaguely_changes_nothing()
    {
        var exact = Case.In("KZ").With("detention_start", "2022-09-13T22:00");
        var repeated = exact.With("detention_start", "2022-09", but: @event => @event with { SameFactAs = exact.Event(1) });

        Assert.Equal(exact.At("2022-10-01").Select(each => (each.Key, each.State)), repeated.At("2022-10-01").Select(each => (each.Key, each.State)));
    }

    [Fact]
    public void A_chain_of_accounts_is_one_fact()
    {
        var first = Case.In("KZ").With("detention_start", "2022-09-13");
        var second = first.With("detention_start", "2022-09", but: @event => @event with { SameFactAs = first.Event(1), Preferred = false });
        var third = second.With("detention_start", "2022", but: @event => @event with { SameFactAs = second.Event(2), Preferred = false });

        Assert.Single(Timeline.Of(third.File.Events).Facts);
        Assert.Equal("2023-09-12", third.One("KZ-EXTR-12M", "2022-10-01").Limit.Earliest.LocalText);
    }

    [Fact]
    public void Two_accounts_that_point_at_each_other_are_one_fact_and_no_endless_search()
    {
        var first = Case.In("KZ").With("detention_start", "2022-09-13");
        var circle = first.With("detention_start", "2022-09-14", but: @event => @event with { SameFactAs = first.Event(1), Preferred = false });
        circle = circle.Corrected(1, @event => @event with { SameFactAs = circle.Event(2) });

        Assert.Equal("2023-09-12", circle.One("KZ-EXTR-12M", "2022-10-01").Limit.Earliest.LocalText);
    }

    [Fact]
    public void If_no_account_is_preferred_none_starts_a_clock()
    {
        var none = Contradiction.Corrected(1, @event => @event with { Preferred = false });

        Assert.Empty(none.At("2022-11-01"));
    }

    [Fact]
    public void A_date_is_unconfirmed_until_a_second_person_stands_for_it()
    {
        var recorded = Case.In("KZ").With("detention_start", "2024-03-26");
        var confirmed = recorded.Corrected(1, @event => @event with { ConfirmedBy = Case.Somebody });

        Assert.All(recorded.At("2024-03-26"), deadline => Assert.False(deadline.IsConfirmed));
        Assert.All(confirmed.At("2024-03-26"), deadline => Assert.True(deadline.IsConfirmed));
        Assert.True(DeadlineDiff.Between(recorded.At("2024-03-26"), confirmed.At("2024-03-26")).IsEmpty);
    }

    [Fact]
    public void An_unconfirmed_date_runs_all_the_same() =>
        Assert.True(Case.In("KZ").With("detention_start", "2024-03-26").One("KZ-DET-72H", "2024-03-26").IsOpen);

    // The ids are the same, so that the two can be compared.
    private static Case With(Case events, Case ids) => events with
    {
        File = events.File with { Events = events.File.Events.Select((@event, at) => @event with { Id = ids.File.Events[at].Id }).ToList() },
    };
}
