using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Auditing;

/// <summary><c>/audit CODE</c>: who did what to a case and who read it, newest last.</summary>
public sealed class AuditCommand : IChatCommand
{
    private const int Most = 25;

    public string Name => "audit";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!CaseCode.TryParse(arguments, out var code) || await CaseAccess.FindAsync(talk.Session, code) is not { } file)
        {
            talk.Reply("audit.ask");
            return;
        }

        var entries = (await talk.Session.Audit.OfAsync(file.Id.Value)).TakeLast(Most).ToList();
        var lines = new List<RichText> { talk.Texts.Say(talk.Language, "audit.title", ("code", file.Code.Text), ("count", entries.Count)) };
        foreach (var entry in entries)
            lines.Add((await LineOf(talk, entry)).In(talk.Language, talk.Texts));
        talk.Reply(RichText.Join("\n", lines));
    }

    private static async Task<Line> LineOf(Talk talk, AuditEntry entry)
    {
        var person = entry.PersonId is { } id ? await talk.Session.People.FindAsync(new PersonId(id)) : null;
        var who = (entry.PersonId, person) switch
        {
            (null, _) => new Line("audit.program"),
            (_, { } known) => new Line("audit.person", ("role", known.Role), ("sign", PersonSign.Of(known.Id))),
            ({ } gone, _) => new Line("audit.gone", ("sign", PersonSign.Of(new PersonId(gone)))),
        };
        // A detail of an act is a code or an id: ids tell people nothing.
        var act = entry.Detail is { Length: < 32 } detail ? $"{entry.Act} {detail}" : entry.Act.Code;
        return new Line("audit.line", ("at", entry.At.InZone(talk.Zone)), ("who", who), ("act", act));
    }
}
