using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Reports;

/// <summary><c>/add [RECEIPT] TEXT</c>: adds to a report, from any account that has its receipt.</summary>
public sealed class AddCommand(AddToReport add, PrivateChatLink link, FindReport findReport) : IChatCommand
{
    public string Name => "add";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Anywhere;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.IsGroup)
        {
            await link.ReplyAsync(talk, "report");
            return;
        }

        var (receipt, text) = FindReport.Split(arguments);
        if (text.Length == 0 && !ReportConversation.HasMore(talk.Update))
        {
            talk.Reply("report.add-how");
            return;
        }

        var report = receipt is null
            ? await talk.Session.Reports.LastSentOfAsync(talk.Here.Id)
            : await findReport.RunAsync(talk.Session, receipt, talk.Here);
        if (report is null)
            talk.Reply(receipt is null ? "report.none-sent" : "report.wrong-receipt");
        else
            AddToReport.Answer(
                talk, await add.RunAsync(talk.Session, report, ReportConversation.ToldIn(talk) with { Text = text }, talk.Cancelled),
                talk.IsMoreOfAlbum);
    }
}
