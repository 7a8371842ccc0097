using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Many reports at once of people whom nobody registered: an attack, or a raid. Nobody is woken for each of them, and all of them are
/// heard of within two minutes (<see cref="HeldReports"/>). One account fills no more than its own allowance. A silence, and what may
/// mean a registered person, is never held back.
/// </summary>
public sealed class ReportFlood
{
    /// <summary>Of one sender in ten minutes.</summary>
    public const int OfOneSender = 3;

    /// <summary>Of all senders together.</summary>
    public const int OneByOne = 5;

    /// <summary>So many registered people a new account brings up in an hour; of more, coordinators alone hear at first.</summary>
    public const int RegisteredOfNew = 3;

    private static readonly Duration Within = Duration.FromMinutes(10);
    private static readonly Duration New = Duration.FromDays(1);
    private static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>Whether it is told with others in a digest, and not by a card of its own.</summary>
    public async Task<bool> HoldsBackAsync(Session session, IncidentView view, Report report)
    {
        // Known already by a card of its own.
        if (view.Incident.Case is not null || view.Suggestions.Count > 0 || report.Content?.IsSilence == true || view.Reports.Count > 1)
            return false;

        var (ofSender, ofAll) = await session.Incidents.CountUnknownAsync(session.Now - Within, report.From, OfOneSender);
        if (ofSender <= OfOneSender && ofAll <= OneByOne)
            return false;
        await session.Incidents.HoldAsync(view.Incident.Id);
        return true;
    }

    /// <summary>Whether the circle of a case waits for coordinators: a new account goes through the registered people one by one.</summary>
    public static Question<bool> AskWhetherCircleIsSpared(Session session, Report report)
    {
        if (report.From is not { } from || report.AccountSince is not { } since || since <= session.Now - New)
            return Question.Known(false);
        var cases = session.Incidents.AskToCountCases(session.Now - Hour, from);
        return Question.Of(() => cases.Answer > RegisteredOfNew, cases);
    }
}
