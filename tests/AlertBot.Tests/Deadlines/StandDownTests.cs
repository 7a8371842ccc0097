using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;

namespace AlertBot.Tests.Deadlines;

/// <summary>Standing down takes two people: until a second one confirms it, every clock goes on.</summary>
public sealed class StandDownTests
{
    private static readonly PersonId Other = new(new Guid(8, 0, 0, new byte[8]));

    private static readonly Case Held = Case.In("KZ", "UZ", "CIS").With("detention_start", "2026-03-26");

    [Theory]
    [InlineData("release")]
    [InlineData("extradited")]
    [InlineData("departed")]
    [InlineData("death_reported")]
    public void Told_by_one_person_it_ends_no_clock_and_says_so_and_confirmed_by_another_it_does(string kind)
    {
        var told = Held.With(kind, "2026-03-28", but: @event => @event with { RecordedBy = Case.Somebody });

        var forty = told.One("KZ-PROV-40D", "2026-03-29");
        Assert.Equal(("2026-05-04", true), (forty.Limit.Earliest.LocalText, forty.IsOpen));
        Assert.NotNull(CaseProgress.HeldSince(Timeline.Of(told.File.Events)));
        if (kind is "release" or "extradited")
        {
            Assert.Equal([new Doubt(DoubtKind.StopNotConfirmed, told.Event(2))], forty.Doubts);
            Assert.Contains(forty.Limit.Steps, step => step.Key == "law.step.stop-not-confirmed");
        }

        Assert.Equal(CaseStatus.Open, CaseProgress.StatusAfter(told.File.Events));
        Assert.False(told.Corrected(2, @event => @event with { ConfirmedBy = Other }).One("KZ-PROV-40D", "2026-03-29").IsOpen);
    }

    [Fact]
    public void Unconfirmed_the_day_after_the_latest_end_is_overdue_as_ever() =>
        Assert.Equal(
            DeadlineState.Missed,
            Held.With("release", "2027-03-20", but: @event => @event with { RecordedBy = Case.Somebody }).One("KZ-EXTR-12M", "2027-03-28").State);

    [Fact]
    public void Two_people_who_tell_the_same_are_two()
    {
        var one = Held.With("release", "2026-03-28", but: @event => @event with { RecordedBy = Case.Somebody });
        CaseEvent Same(CaseEvent @event, PersonId by) => @event with { RecordedBy = by, SameFactAs = one.Event(2), Preferred = false };

        Assert.False(one.With("release", "2026-03-28", but: @event => Same(@event, Other)).One("KZ-PROV-40D", "2026-03-29").IsOpen);
        Assert.True(one.With("release", "2026-03-28", but: @event => Same(@event, Case.Somebody)).One("KZ-PROV-40D", "2026-03-29").IsOpen);
    }

    [Fact]
    public void Whoever_is_taken_again_was_free_before()
    {
        var again = Held
            .With("release", "2026-03-28", but: @event => @event with { RecordedBy = Case.Somebody }).With("rearrest", "2026-06-01T10:00");

        Assert.Equal(DeadlineState.Met, again.At("2026-06-02").Single(one => one.Key == $"KZ-PROV-40D:{again.Event(1).Value:N}").State);
        Assert.True(again.At("2026-06-02").Single(one => one.Key == $"KZ-PROV-40D:{again.Event(3).Value:N}").IsOpen);
    }

    [Fact]
    public void A_hand_over_told_by_one_starts_the_clocks_over_there_at_once()
    {
        var told = Held.With("extradited", "2026-04-10", but: @event => @event with { RecordedBy = Case.Somebody });

        Assert.True(told.One("UZ-PRETRIAL-7M", "2026-04-11").IsOpen);
        Assert.True(told.One("KZ-EXTR-12M", "2026-04-11").IsOpen);
    }

    [Fact]
    public void What_the_public_record_says_needs_no_second_person() =>
        Assert.False(Held.With("release", "2026-03-28").One("KZ-PROV-40D", "2026-03-29").IsOpen);
}
