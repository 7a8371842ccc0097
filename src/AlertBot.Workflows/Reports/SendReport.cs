using AlertBot.Domain.Cases;
using AlertBot.Domain.Names;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Names;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// Sends a report to people. It goes out with the first meaningful words and is completed afterwards, because the reporter may be taken too before
/// pressing anything.
/// </summary>
public sealed class SendReport(NameRegistry names, GatherReports gather)
{
    private const int Candidates = 3;

    /// <summary>Begins to look whom words mean that may be a report, and are not stored yet.</summary>
    public void ReadAhead(string words) => names.FindAhead(words.Trim(), Candidates);

    /// <summary>Sends and finishes a report in one act.</summary>
    /// <returns>The receipt; null if it was finished before.</returns>
    public async Task<Receipt?> RunAsync(Session session, Report report, bool isIncomplete, CancellationToken ct)
    {
        if (report.State != ReportState.Draft)
            return await FinishAsync(session, report.Id, isIncomplete);
        var receipt = Receipt.New();
        if (report.Content is not { } content || await session.Reports.MarkSentAsync(report.Id, TextPrint.Of(content)) is null
            || !await session.Reports.FinishAsync(report.Id, receipt, isIncomplete))
            return null;
        var where = gather.Ask(session, await MatchesAsync(content, ct));
        await session.AskAsync(where);
        await gather.RunAsync(session, await FoundAsync(session, report.Id), where.Answer);
        return receipt;
    }

    /// <summary>Sends the report to people while its reporter is still writing.</summary>
    /// <returns>Whether there is somebody who can read it now.</returns>
    public async Task<bool> BeginAsync(Session session, ReportId id, ReportContent content, CancellationToken ct)
    {
        var (sent, coordinators) = (session.Reports.AskToMarkSent(id, TextPrint.Of(content)), Recipients.AskCoordinators(session));
        var where = gather.Ask(session, await MatchesAsync(content, ct));
        await session.AskAsync(sent, coordinators, where);
        if (sent.Answer is { } report)
            await gather.RunAsync(session, report, where.Answer);
        return coordinators.Answer.Count > 0;
    }

    /// <summary>Updates a report that people already have with the reporter's further words.</summary>
    public async Task CompleteAsync(Session session, ReportId id, CancellationToken ct)
    {
        if (await FoundAsync(session, id) is { Content: { } content } report)
            await gather.CompleteAsync(session, report, await MatchesAsync(content, ct));
    }

    /// <summary>Marks the report as finished.</summary>
    /// <param name="isSilent">True if the reporter did not finish it but fell silent.</param>
    /// <returns>The receipt; null if it was finished before.</returns>
    public async Task<Receipt?> FinishAsync(Session session, ReportId id, bool isSilent)
    {
        var receipt = Receipt.New();
        if (!await session.Reports.FinishAsync(id, receipt, isSilent))
            return null;
        if (await FoundAsync(session, id) is { Incident: { } incident })
            await gather.RedrawAsync(session, incident);
        return receipt;
    }

    /// <summary>Redraws its cards with the current content.</summary>
    public async Task RedrawAsync(Session session, Report report)
    {
        if (report.Incident is { } incident)
            await gather.RedrawAsync(session, incident);
    }

    private static async Task<Report> FoundAsync(Session session, ReportId id) =>
        await session.Reports.FindAsync(id) ?? throw new InvalidOperationException("A report vanished in the middle of an act.");

    private async Task<IReadOnlyList<NameMatch<CaseId>>> MatchesAsync(ReportContent content, CancellationToken ct) =>
        (await names.FindAsync(content.Who ?? string.Join("\n", content.Words), Candidates, ct)).Where(match => match.Band != NameBand.No).ToList();
}
