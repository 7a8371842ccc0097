using AlertBot.Domain.People;

namespace AlertBot.Tests.People;

public sealed class ActorTests
{
    /// <summary>A session without an actor must not do what an operator may.</summary>
    [Fact]
    public void Nobody_may_do_nothing() => Assert.All(Enum.GetValues<Role>(), role => Assert.False(Actor.Nobody.MayActAs(role)));

    [Fact]
    public void Whoever_has_the_machine_may_do_all() => Assert.All(Enum.GetValues<Role>(), role => Assert.True(Actor.Operator.MayActAs(role)));

    [Fact]
    public void Somebody_whom_we_do_not_know_is_nobody() => Assert.Same(Actor.Nobody, Actor.Of(null));
}
