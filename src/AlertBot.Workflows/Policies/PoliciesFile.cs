using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Retention;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Policies;

/// <summary>
/// <c>config/policies.yaml</c>, read once. A missing or mistaken value gets its usual value and is reported with its line. So nobody waits longer for
/// help because of a slip, and nobody believes that a mistaken line counts.
/// </summary>
public sealed record PoliciesFile(Policies Policies, IReadOnlyList<Problem> Problems)
{
    private static readonly Policies Usual = new(
        ReminderSection.Plain, QuestionPolicy.Usual, IncidentPolicy.Usual, CheckInPolicy.Usual, SignalPolicy.Usual, RetentionPolicy.Usual);

    public static PoliciesFile Load(string file)
    {
        try
        {
            return Read(file, File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new PoliciesFile(Usual, [new Problem(file, 1, "the file cannot be read: " + unreadable.Message)]);
        }
    }

    public static PoliciesFile Read(string file, string text)
    {
        var problems = new List<Problem>();
        if (new YamlSource(file, problems).Parse(text) is not { } root)
            return new PoliciesFile(Usual, problems);

        root.AllowOnly(
            ReminderSection.Name, QuestionSection.Name, IncidentSection.Name, CheckInSection.Name, SignalSection.Name, RetentionSection.Name);
        var policies = new Policies(
            ReminderSection.Read(root), QuestionSection.Read(root), IncidentSection.Read(root), CheckInSection.Read(root),
            SignalSection.Read(root), RetentionSection.Read(root));
        return new PoliciesFile(policies, problems);
    }
}
