using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Incidents;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Policies;

namespace AlertBot.Tests.Policies;

/// <summary><c>policies.yaml</c> as a whole: it is read once, and every missing value is reported.</summary>
public sealed class PoliciesFileTests
{
    private static readonly string Shipped = Path.Combine(ShippedLaw.Root, "config", "policies.yaml");

    [Fact]
    public void The_shipped_file_has_no_mistake_and_says_what_is_usual()
    {
        var file = PoliciesFile.Load(Shipped);

        Assert.Empty(file.Problems);
        Assert.Equal(CheckInPolicy.Usual, file.Policies.CheckIns);
        Assert.Equal(SignalPolicy.Usual, file.Policies.Signal);
        var incidents = file.Policies.Incidents;
        Assert.Equal(IncidentPolicy.Usual with { Steps = incidents.Steps, Grave = incidents.Grave }, incidents);
        Assert.Equal(IncidentPolicy.Usual.Steps, incidents.Steps);
        Assert.Equal(IncidentPolicy.Usual.Grave.Order(), incidents.Grave.Order());
    }

    // Leaves out each line of the file in turn: no default may count silently.
    [Fact]
    public void Whatever_value_is_left_out_is_reported()
    {
        var lines = File.ReadAllLines(Shipped);
        var from = Array.FindIndex(lines, line => line.StartsWith("incidents:", StringComparison.Ordinal));
        var values = Enumerable.Range(from, lines.Length - from).Where(line => lines[line].StartsWith("  ", StringComparison.Ordinal)
            && lines[line].Contains(':', StringComparison.Ordinal) && !lines[line].TrimStart().StartsWith('#')).ToList();

        Assert.True(values.Count > 15);
        Assert.All(values, left =>
        {
            var key = lines[left].Trim().Split(':')[0];
            var file = PoliciesFile.Read("policies.yaml", string.Join('\n', lines.Where((_, line) => line != left)));
            Assert.Contains(file.Problems, problem => problem.Text.Contains($"'{key}' is missing", StringComparison.Ordinal)
                || problem.Text.Contains("the section 'signal' is missing", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("incident:\n  repeat_every: 5m", "unknown key 'incident' (did you mean 'incidents'?)")]
    [InlineData("reminders:\n  default: [overdue]", "the section 'incidents' is missing")]
    [InlineData("reminders:\n  default: [overdue]", "the section 'check_in' is missing")]
    [InlineData("reminders:\n  default: [overdue]", "the section 'signal' is missing")]
    [InlineData("", "empty or something else")]
    [InlineData("reminders: [unclosed", "not valid YAML")]
    public void A_mistake_is_named(string text, string said) =>
        Assert.Contains(PoliciesFile.Read("policies.yaml", text).Problems, problem => problem.Text.Contains(said, StringComparison.Ordinal));

    [Fact]
    public void A_missing_file_is_a_problem_and_not_the_end_of_all_reminders()
    {
        var file = PoliciesFile.Load(Path.Combine(ShippedLaw.Root, "config", "no-such-policies.yaml"));

        Assert.Contains("cannot be read", Assert.Single(file.Problems).Text, StringComparison.Ordinal);
        Assert.NotEmpty(file.Policies.Reminders.For(DeadlineKind.ReleaseDue, ShippedLaw.Limit("KZ-PROV-40D", ShippedLaw.At("2024-03-26"))).Rungs);
        Assert.Equal(IncidentPolicy.Usual, file.Policies.Incidents);
    }
}
