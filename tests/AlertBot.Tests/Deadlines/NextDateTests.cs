using AlertBot.Domain.Deadlines;
using AlertBot.Tests.Law;

namespace AlertBot.Tests.Deadlines;

/// <summary>A held person without any deadline is itself an alarm.</summary>
public sealed class NextDateTests
{
    [Fact]
    public void While_a_limit_of_custody_lies_ahead_there_is_a_next_date() =>
        Assert.False(HasNone(Case.In("KZ").With("detention_start", "2024-03-26"), "2025-03-25"));

    [Fact]
    public void When_the_last_limit_has_passed_and_nobody_said_what_happened_there_is_none() =>
        Assert.True(HasNone(Case.In("KZ").With("detention_start", "2024-03-26"), "2025-03-27"));

    [Fact]
    public void It_is_raised_as_a_question_since_the_last_date_passed()
    {
        var alarm = Case.In("KZ").With("detention_start", "2024-03-26").One("no-date", "2025-06-01");

        Assert.Equal((DeadlineKind.NoNextDate, DeadlineState.Due), (alarm.Kind, alarm.State));
        Assert.Equal(Case.Utc("2025-03-26T19:00:00Z"), alarm.Limit.Earliest.Instant);
    }

    [Fact]
    public void A_hearing_ahead_is_a_next_date()
    {
        var held = Case.In("KZ").With("detention_start", "2024-03-26").With(
            "hearing_set", "2025-03-20", but: @event => @event with { Sets = ShippedLaw.At("2025-04-10T11:00") });

        Assert.False(HasNone(held, "2025-03-27"));
        Assert.True(HasNone(held, "2025-04-11"));
    }

    [Fact]
    public void Where_no_rule_of_the_place_is_known_the_arrest_alone_is_the_alarm() =>
        Assert.True(HasNone(Case.In("KG").InZone("Asia/Bishkek").With("detention_start", "2024-03-26"), "2024-03-26"));

    [Fact]
    public void A_question_to_confirm_a_date_and_the_search_for_a_person_are_no_next_date()
    {
        Assert.True(HasNone(Case.In("KZ").With("detention_start", null), "2024-03-26"));
        Assert.True(HasNone(Case.In("KG").With("abduction_reported", "2024-03-26"), "2024-03-27"));
    }

    [Fact]
    public void Nobody_held_needs_no_next_date()
    {
        Assert.False(HasNone(Case.In("KZ"), "2024-03-26"));
        Assert.False(HasNone(Case.In("KZ").With("detention_start", "2024-03-26").With("release", "2024-03-27"), "2026-01-01"));
        Assert.False(HasNone(Case.In("KZ").With("detention_start", "2024-03-26").With("departed", "2024-03-27"), "2026-01-01"));
    }

    [Fact]
    public void A_person_handed_over_is_held_there_and_needs_a_next_date_there()
    {
        var extradited = Case.In("KZ", "UZ").With("detention_start", "2024-03-26").With("extradited", "2024-12-10");

        Assert.False(HasNone(extradited, "2025-01-10"));
        Assert.True(HasNone(extradited, "2025-08-01"));
    }

    private static bool HasNone(Case @case, string utc)
    {
        var none = CaseDeadlines.HasNoNextDate(@case.File, @case.At(utc), Case.Utc(utc));
        Assert.Equal(none, @case.At(utc).Any(deadline => deadline.Kind == DeadlineKind.NoNextDate));
        return none;
    }
}
