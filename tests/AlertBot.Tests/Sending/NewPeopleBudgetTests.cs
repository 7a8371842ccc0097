using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Tests.Sending;

public sealed class NewPeopleBudgetTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(14, true)]
    [InlineData(15, false)]
    [InlineData(20, false)]
    public void What_can_wait_leaves_the_reserve_alone(int used, bool isAllowed) =>
        Assert.Equal(isAllowed, new NewPeopleBudget(20, 5).Allows(used, isCritical: false));

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(20)]
    [InlineData(1000)]
    public void What_is_critical_is_always_tried(int used) => Assert.True(new NewPeopleBudget(20, 5).Allows(used, isCritical: true));

    [Fact]
    public void A_reserve_larger_than_the_day_leaves_nothing_for_others_and_is_said_as_it_is()
    {
        var budget = new SignalPolicy(50).BudgetOf(20);

        Assert.Equal((20, 0), (budget.KeptForCritical, budget.ForOthers));
        Assert.False(budget.Allows(0, isCritical: false));
    }

    [Fact]
    public void The_day_is_that_of_Greenwich()
    {
        var late = Instant.FromUtc(2026, 3, 2, 23, 59, 59);

        Assert.Equal(new LocalDate(2026, 3, 2), NewPeopleBudget.DayOf(late));
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 0, 0), NewPeopleBudget.NextDay(late));
        Assert.Equal(Instant.FromUtc(2026, 3, 4, 0, 0), NewPeopleBudget.NextDay(Instant.FromUtc(2026, 3, 3, 0, 0)));
    }
}
