using AlertBot.Domain.CheckIns;
using AlertBot.Workflows.Policies;
using NodaTime;

namespace AlertBot.Tests.Policies;

/// <summary>The section <c>check_in</c> of <c>policies.yaml</c>: the shipped one, and the results of mistakes.</summary>
public sealed class CheckInSectionTests
{
    [Fact]
    public void A_good_file_gives_every_field()
    {
        var file = SectionFile.Of(CheckInSection.Read, """
            check_in:
              shortest_wait: 5m
              longest_wait: 1h
              most_contacts: 2
              link_lives: 1d
            """);

        Assert.Empty(file.Problems);
        Assert.Equal(
            new CheckInPolicy
            {
                ShortestGrace = Duration.FromMinutes(5),
                LongestGrace = Duration.FromHours(1),
                MostContacts = 2,
                LinkLives = Duration.FromDays(1),
            },
            file.Policy);
        Assert.Equal([15, 30, 60], file.Policy.OfferedGraces.Select(grace => grace.TotalMinutes));
    }

    [Theory]
    [InlineData("check_in:\n  shortest_wait: soon", "no length of time for 'shortest_wait'")]
    [InlineData("check_in:\n  most_contacts: 0", "no number of people for 'most_contacts'")]
    [InlineData("check_in:\n  shortest_wait: 5h", "none of the waits that are offered")]
    [InlineData("check_in:\n  shortest_wait: 2h\n  longest_wait: 1h", "none of the waits that are offered")]
    [InlineData("check_in:\n  longest: 1h", "unknown key 'longest'")]
    [InlineData("incidents: {}", "'check_in' is missing")]
    public void A_mistake_is_told_and_the_usual_bounds_hold(string text, string problem)
    {
        var file = SectionFile.Of(CheckInSection.Read, text);

        Assert.Contains(file.Problems, each => each.ToString().Contains(problem, StringComparison.Ordinal));
        Assert.Equal(CheckInPolicy.Usual, file.Policy);
    }
}
