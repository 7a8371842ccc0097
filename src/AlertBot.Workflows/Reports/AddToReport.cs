using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Incidents;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// Adds to a report that was sent. The addition is news: coordinators and the person who took the incident get it with sound, in the reporter's
/// words. Registered people named in it are suggested to coordinators.
/// </summary>
public sealed class AddToReport(SuggestPeople suggest, TellNews news)
{
    /// <summary>Words from the same reporter within this time belong to the last report.</summary>
    public static readonly Duration Soon = Duration.FromMinutes(10);

    /// <param name="how">Whether it is an addition, or a change of what was said before.</param>
    public async Task<Added> RunAsync(
        Session session, Report report, Heard.Told told, CancellationToken ct, string how = TellNews.Added)
    {
        if (report is not { State: ReportState.Sent, Content: { } content } || content.Words.Count >= ReportTalk.MostWords)
            return new Added(false, null);

        var words = told.Text?.Trim() is { Length: > 0 } said ? said : null;
        if (words is not null)
            content = content.Saying(how == TellNews.Changed ? "✏️ " + words : words, told.Message);
        if (told.Point is { } point)
            content = content.At(point, told.IsLive ? told.Message : null);
        var files = FilesThatFit.Of(told.Files ?? [], await session.ReportFiles.CountAsync(report.Id));
        await session.Reports.SaveAsync(report.Id, content);
        await session.ReportFiles.AddAsync(report.Id, files.Kept);

        if (report.Incident is { } id && await session.Incidents.TakeAsync(id) is { } incident)
        {
            await session.Incidents.NoteAsync(id, null, IncidentAct.Added);
            incident = await suggest.HeardAsync(session, incident, words, ct);
            await news.ToldAsync(session, incident, report.Id, how, Shown(words, told.Point, files.Kept.Count));
        }

        return new Added(true, files.NotKept);
    }

    /// <summary>Tells the reporter the result.</summary>
    public static void Answer(Talk talk, Added added, bool isMoreOfAlbum)
    {
        if (!added.IsKept)
            talk.Reply("report.too-much");
        else if (added.NotKept is { } key)
            talk.Reply(FilesThatFit.Said("report.added-thanks", key, talk));
        else if (!isMoreOfAlbum)
            talk.Reply("report.added-thanks");
    }

    // A file stays with the report; the news only says that it came.
    private static string Shown(string? words, GeoPoint? point, int files) => string.Join(
        ' ', new[] { words, point is null ? null : "📍", files == 0 ? null : "📎" }.OfType<string>());
}

/// <param name="IsKept">False if the report is deleted, or has grown beyond what anybody reads.</param>
/// <param name="NotKept">Text key about files that were not kept; null if all were.</param>
public sealed record Added(bool IsKept, string? NotKept);
