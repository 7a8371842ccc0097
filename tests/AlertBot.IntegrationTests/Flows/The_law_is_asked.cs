using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>As the guides show it: no database is needed for it.</summary>
public sealed class The_law_is_asked
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task On_the_command_line_with_both_ends_and_the_steps_that_lead_there()
    {
        var (listed, rules) = await ProgramProcess.RunAsync(Nothing, "rules", "list");
        Assert.Equal(0, listed);
        Assert.Contains("KZ-EXTR-12M", rules, StringComparison.Ordinal);

        var (computed, said) = await ProgramProcess.RunAsync(Nothing, "rules", "compute", "KZ-EXTR-12M", "--at", "2024-03-26");
        Assert.Equal(0, computed);
        Assert.Contains("2025", said, StringComparison.Ordinal);
    }
}
