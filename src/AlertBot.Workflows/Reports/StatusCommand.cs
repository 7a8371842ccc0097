using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Reports;

/// <summary><c>/status [RECEIPT]</c>: says in plain words what became of a report, and nothing about anybody else.</summary>
public sealed class StatusCommand(PrivateChatLink link, FindReport findReport) : IChatCommand
{
    private const int Most = 10;

    public string Name => "status";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Anywhere;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.IsGroup)
        {
            await link.ReplyAsync(talk, "report");
            return;
        }

        if (FindReport.Split(arguments).Receipt is null && arguments.Length > 0)
        {
            talk.Reply("report.wrong-receipt");
            return;
        }

        IReadOnlyList<Report> reports = arguments.Length == 0
            ? await talk.Session.Reports.OfAsync(talk.Here.Id)
            : await findReport.RunAsync(talk.Session, arguments, talk.Here) is { } found ? [found] : [];
        if (reports.Count == 0)
        {
            talk.Reply(arguments.Length == 0 ? "report.none-sent" : "report.wrong-receipt");
            return;
        }

        var lines = new List<Line>();
        foreach (var report in reports.Take(Most))
        {
            var incident = report.Incident is { } id ? await talk.Session.Incidents.FindAsync(id) : null;
            lines.Add(
                new Line(
                    "report.status-line", ("at", (report.SentAt ?? report.BegunAt).InZone(talk.Zone)),
                    ("what", new Line("report.status." + Of(report, incident)))));
        }

        talk.Reply(RichText.Join("\n\n", lines.Select(line => line.In(talk.Language, talk.Texts))));
    }

    private static string Of(Report report, Incident? incident) => (report.State, incident) switch
    {
        (ReportState.Draft, _) => "draft",
        (_, null) => "received",
        (_, { Handling: Handling.Closed } or { Standing: Standing.Retracted }) => "closed",
        (_, { Handling: Handling.Taken }) => "taken",
        // A full alert without a coordinator would reveal that the person is registered.
        (_, { Standing: Standing.Verified }) => "told",
        _ => "checked",
    };
}
