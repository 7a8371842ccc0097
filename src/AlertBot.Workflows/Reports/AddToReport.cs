using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Incidents;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// Adds to a report that is sent. The addition stands on the cards of its incident at once, and alarms nobody anew. Whom it names is
/// suggested to coordinators.
/// </summary>
public sealed class AddToReport(SuggestPeople suggest)
{
    /// <summary>What the same reporter says so soon after sending belongs to what they sent.</summary>
    public static readonly Duration Soon = Duration.FromMinutes(10);

    /// <returns>False when it is deleted, or has grown beyond what anybody reads.</returns>
    public async Task<bool> RunAsync(
        Session session, Report report, string? text, GeoPoint? point, IReadOnlyList<IncomingFile> files, CancellationToken ct)
    {
        if (report is not { State: ReportState.Sent, Content: { } content } || content.Words.Count >= ReportTalk.MostWords)
            return false;

        if (text?.Trim() is { Length: > 0 } words)
            content = content with { Words = [.. content.Words, words] };
        await session.Reports.SaveAsync(report.Id, content with { Point = content.Point ?? point });
        await session.ReportFiles.AddAsync(report.Id, files.Take(Report.MostFiles));

        if (report.Incident is { } id && await session.Incidents.TakeAsync(id) is { } incident)
        {
            await session.Incidents.NoteAsync(id, null, IncidentAct.Added);
            await suggest.HeardAsync(session, incident, text, ct);
        }

        return true;
    }
}
