using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Names;

namespace AlertBot.Tests.Reports;

public class GatherDecisionTests
{
    private static readonly CaseId One = CaseId.New();
    private static readonly CaseId Other = CaseId.New();

    [Fact]
    public void One_who_surely_is_meant_is_taken_for_it() =>
        Assert.Equal(One, GatherDecision.Of([Match(One, 0.95), Match(Other, 0.2)]).Case);

    [Fact]
    public void Of_two_who_fit_alike_a_person_decides()
    {
        var decision = GatherDecision.Of([Match(One, 0.91), Match(Other, 0.88)]);

        Assert.Null(decision.Case);
        Assert.Equal([One, Other], decision.Perhaps.Select(one => one.Id));
    }

    [Fact]
    public void Whoever_is_only_possible_is_suggested()
    {
        var decision = GatherDecision.Of([Match(Other, 0.3)]);

        Assert.Null(decision.Case);
        Assert.Equal((Other, 0.3), Assert.Single(decision.Perhaps) is var one ? (one.Id, one.Score) : default);
    }

    [Fact]
    public void Nobody_near_is_nobody() => Assert.Empty(GatherDecision.Of([Match(One, 0.01)]).Perhaps);

    private static NameMatch<CaseId> Match(CaseId id, double score) => new(id, score, NameBands.Of(score), []);
}
