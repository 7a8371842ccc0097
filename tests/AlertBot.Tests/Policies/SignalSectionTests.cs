using AlertBot.Domain.Channels;
using AlertBot.Workflows.Policies;

namespace AlertBot.Tests.Policies;

public sealed class SignalSectionTests
{
    [Theory]
    [InlineData("signal:\n  reserve_for_critical: 0\n", 0)]
    [InlineData("signal:\n  reserve_for_critical: 12\n", 12)]
    public void A_good_file_is_taken_as_it_is(string text, int reserve)
    {
        var file = SectionFile.Of(SignalSection.Read, text);

        Assert.Empty(file.Problems);
        Assert.Equal(new SignalPolicy(reserve), file.Policy);
    }

    [Theory]
    [InlineData("signal:\n  reserve_for_critical: -1\n", 2)]
    [InlineData("signal:\n  reserve_for_critical: some\n", 2)]
    [InlineData("signal:\n  reserve_for_critical: 100000\n", 2)]
    [InlineData("signal:\n  reserve_for_critcal: 7\n", 2)]
    [InlineData("signal: 7\n", 1)]
    [InlineData("incidents: {}\n", 1)]
    public void A_mistake_is_reported_with_its_line_and_the_usual_number_counts(string text, int line)
    {
        var file = SectionFile.Of(SignalSection.Read, text);

        Assert.Contains(file.Problems, problem => problem.Line == line);
        Assert.Equal(SignalPolicy.Usual, file.Policy);
    }
}
