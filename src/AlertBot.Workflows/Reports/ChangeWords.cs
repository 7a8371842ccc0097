using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// Handles an edited or deleted message. An edited report is news, and a moving place updates the last place. A sent report does not vanish with its
/// message: people have it, and the witness is told so.
/// </summary>
public sealed class ChangeWords(AddToReport add, SendReport send)
{
    /// <param name="hear">Handles it like a new message.</param>
    /// <returns>False if it belongs to no report.</returns>
    public async Task<bool> ChangedAsync(Talk talk, Func<Task> hear)
    {
        var told = ReportConversation.ToldIn(talk);
        if (await ReportOfAsync(talk, talk.Update.Message) is not { Content: { } content } report)
        {
            // A greeting that becomes a report counts as a new message. People with a role may change what they wrote to a case.
            if (talk.May(Role.Advocate) || string.IsNullOrWhiteSpace(told.Text)
                || await talk.Session.Conversations.FindAsync(talk.Here.Id) is not null)
                return told is { Text: null, Point: not null };
            await hear();
            return true;
        }

        if (told is { Text: null, Point: { } point })
            await MoveAsync(talk, report, content, point);
        else if (!string.IsNullOrWhiteSpace(told.Text) && !Says(content, told.Text.Trim()))
            AddToReport.Answer(talk, await add.RunAsync(talk.Session, report, told, talk.Cancelled, TellNews.Changed), isMoreOfAlbum: false);
        return true;
    }

    public async Task DeletedAsync(Talk talk, MessageRef message)
    {
        // It may have been an answer to a question, which is not stored by its message.
        if (await ReportOfAsync(talk, message) is not { } report)
            return;
        if (report.State != ReportState.Draft)
            talk.Reply("report.deleted-is-kept");
        else if (report.Content is { } content && content.IndexOf(message) is { } at)
            await talk.Session.Reports.SaveAsync(report.Id, content with
            {
                Words = [.. content.Words.Where((_, index) => index != at)],
                SaidIn = [.. content.SaidIn.Where((_, index) => index != at)],
            });
    }

    // One of many movements makes no sound and gets no answer. The cards show the last place.
    private async Task MoveAsync(Talk talk, Report report, ReportContent content, GeoPoint point)
    {
        if (content.Point == point)
            return;
        await talk.Session.Reports.SaveAsync(report.Id, content with { Point = point, MovesIn = talk.Update.Message?.Value ?? content.MovesIn });
        if (report.State == ReportState.Sent)
            await send.RedrawAsync(talk.Session, report);
    }

    private static bool Says(ReportContent content, string text) => content.Words.Any(words => words == text || words == "✏️ " + text);

    private static async Task<Report?> ReportOfAsync(Talk talk, MessageRef? message)
    {
        var reports = (await talk.Session.Reports.ToldAtAsync(talk.Here.Id)).Where(one => one.Content is not null).ToList();
        return reports.FirstOrDefault(one => one.Content!.IndexOf(message) is not null || (message is { } ours && one.Content.MovesIn == ours.Value))
            ?? reports.FirstOrDefault(one => one.ChangedAt + AddToReport.Soon > talk.Now || one.IsOpen);
    }
}
