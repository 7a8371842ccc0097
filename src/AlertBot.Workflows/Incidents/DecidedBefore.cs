using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>For a coordinator who came second: who decided what. Coordinators are cleared for every incident, so they may read the sign.</summary>
internal static class DecidedBefore
{
    private static readonly IncidentAct[] Endings = [IncidentAct.FalseAlarm, IncidentAct.Duplicate, IncidentAct.Closed];

    /// <param name="acts">What it may have been, if it is not over.</param>
    public static async Task<Line> OfAsync(Talk talk, IncidentId id, params IReadOnlyCollection<IncidentAct> acts)
    {
        var isClosed = await talk.Session.Incidents.FindAsync(id) is { Handling: Handling.Closed };
        IReadOnlyCollection<IncidentAct> wanted = isClosed ? Endings : acts;
        // A job or a name that matched has no sign: then it is only said that it is so.
        return (await talk.Session.Incidents.EntriesAsync(id)).LastOrDefault(entry => wanted.Contains(entry.Act) && entry.By is not null) switch
        {
            { Act: IncidentAct.Closed, By: { } by, Detail: { } outcome } => new Line(
                "triage.closed-before", ("sign", PersonSign.Of(by)), ("outcome", outcome)),
            { By: { } by, Act: var act } => new Line("triage.decided-before", ("sign", PersonSign.Of(by)), ("act", act)),
            _ => new Line(isClosed ? "incident.is-closed" : "triage.done-before"),
        };
    }
}
