using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Deadlines;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary><c>/cases</c>: an advocate's cases, or all of them for a coordinator, by what comes next. Codes only.</summary>
public sealed class CasesCommand : IChatCommand
{
    private const int MostLines = 60;

    public string Name => "cases";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.Person is null)
            return;

        var ids = await CaseAccess.AllAsync(talk.Session);
        var files = (await talk.Session.Cases.LoadAsync(ids)).Where(file => file.Status != CaseStatus.Closed).ToList();
        var stored = await talk.Session.Deadlines.OfAsync(files.Select(file => file.Id).ToList());
        if (files.Count == 0)
        {
            talk.Reply(talk.May(Role.Coordinator) ? "cases.none-at-all" : "cases.none");
            return;
        }

        var rows = files.Select(file => (File: file, Next: NextOf(stored[file.Id], talk.Now)))
            .OrderBy(row => row.Next?.Instant ?? Instant.MaxValue).ThenBy(row => row.File.Code.Text, StringComparer.Ordinal).ToList();
        var lines = rows.Take(MostLines).Select(row => talk.Texts.Say(
            talk.Language, "cases.line", ("code", row.File.Code.Text), ("status", row.File.Status),
            ("next", (object?)row.Next ?? talk.Texts.Say(talk.Language, "cases.no-next"))));
        if (rows.Count > MostLines)
            lines = lines.Append(talk.Texts.Say(talk.Language, "cases.more", ("count", rows.Count - MostLines)));

        talk.Reply(
            RichText.Join("\n", lines.Prepend(talk.Texts.Say(talk.Language, "cases.title", ("count", rows.Count)))),
            CaseChoices.Of(rows.Select(row => row.File.Code)));
    }

    private static LimitEnd? NextOf(IEnumerable<StoredDeadline> stored, Instant now) => stored
        .Select(one => one.Deadline)
        .Where(deadline => deadline.IsOpen && ChangeAlert.IsDate(deadline) && deadline.Limit.Latest.Instant > now)
        .OrderBy(deadline => deadline.Limit.Earliest.Instant)
        .FirstOrDefault()?.Limit.Earliest;
}
