using AlertBot.Domain.Alerts;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Many reports at once of people whom nobody registered: an attack, or a raid. Each is kept and stands in the queue, but the
/// coordinators are not woken for each. What names a registered person is never held back.
/// </summary>
public sealed class ReportFlood(TextCatalog texts)
{
    private const int OneByOne = 5;
    private static readonly Duration Within = Duration.FromMinutes(10);

    /// <summary>Whether there are so many that this one is not told by a card of its own. Says so to the coordinators, ever more rarely.</summary>
    public async Task<bool> HoldsBackAsync(Session session, IReadOnlyCollection<Subscriber> coordinators, Instant now)
    {
        var count = await session.Incidents.CountUnknownAsync(now - Within);
        if (count <= OneByOne)
            return false;

        // At 6, 12, 24, 48, ... of them.
        var (six, rest) = (count / (OneByOne + 1), count % (OneByOne + 1));
        if (rest == 0 && (six & (six - 1)) == 0)
        {
            var window = now.ToUnixTimeSeconds() / (long)Within.TotalSeconds;
            var draft = new AlertDraft(null, "report_flood", Severity.Urgent, $"flood:{window}:{count}", new Line("triage.flood", ("count", count)));
            await Alerts.RaiseAsync(session, texts, draft, coordinators, now);
        }

        return true;
    }
}
