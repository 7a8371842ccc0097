using AlertBot.Domain.Channels;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Policies;

namespace AlertBot.Tests.Policies;

public sealed class SignalPolicyFileTests
{
    [Fact]
    public void The_shipped_file_has_no_mistake_and_says_what_is_usual()
    {
        var file = SignalPolicyFile.Load(Path.Combine(ShippedLaw.Root, "config", "policies.yaml"));

        Assert.Empty(file.Problems);
        Assert.Equal(SignalPolicy.Usual, file.Policy);
    }

    [Theory]
    [InlineData("signal:\n  reserve_for_critical: 0\n", 0)]
    [InlineData("signal:\n  reserve_for_critical: 12\n", 12)]
    [InlineData("incidents: {}\n", 5)]
    public void A_good_file_is_taken_as_it_is(string text, int reserve)
    {
        var file = SignalPolicyFile.Read("policies.yaml", text);

        Assert.Empty(file.Problems);
        Assert.Equal(new SignalPolicy(reserve), file.Policy);
    }

    [Theory]
    [InlineData("signal:\n  reserve_for_critical: -1\n", 2)]
    [InlineData("signal:\n  reserve_for_critical: some\n", 2)]
    [InlineData("signal:\n  reserve_for_critical: 100000\n", 2)]
    [InlineData("signal:\n  reserve_for_critcal: 7\n", 2)]
    [InlineData("signal: 7\n", 1)]
    public void A_mistake_is_reported_with_its_line_and_the_usual_number_counts(string text, int line)
    {
        var file = SignalPolicyFile.Read("policies.yaml", text);

        Assert.Equal(line, Assert.Single(file.Problems).Line);
        Assert.Equal(SignalPolicy.Usual, file.Policy);
    }

    [Fact]
    public void A_file_that_is_not_there_is_reported() => Assert.Single(SignalPolicyFile.Load("/nowhere/policies.yaml").Problems);
}
