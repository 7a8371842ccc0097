using AlertBot.Domain.Names;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Names;

namespace AlertBot.Workflows.Reports;

/// <summary>A report is told to its end, or its reporter fell silent: it joins an incident, and people hear of it in the same act.</summary>
public sealed class SendReport(NameRegistry names, GatherReports gather)
{
    private const int Candidates = 3;

    /// <returns>The number for the reporter; null when it was sent before.</returns>
    public async Task<Receipt?> RunAsync(Session session, Report report, bool isIncomplete, CancellationToken ct)
    {
        if (report.Content is not { } content)
            return null;

        var receipt = Receipt.New();
        if (!await session.Reports.MarkSentAsync(report.Id, receipt, TextPrint.Of(content), isIncomplete))
            return null;

        var matches = await names.FindAsync(content.Who ?? string.Join("\n", content.Words), Candidates, ct);
        var sent = await session.Reports.FindAsync(report.Id) ?? throw new InvalidOperationException("A report vanished in the middle of an act.");
        await gather.RunAsync(session, sent, matches.Where(match => match.Band != NameBand.No).ToList());
        return receipt;
    }
}
