using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Auditing;

/// <summary><c>/audit CODE</c>: shows who did what to a case or an incident and who read it, newest last.</summary>
public sealed class AuditCommand : IChatCommand
{
    private const int Most = 25;

    public string Name => "audit";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (await FindAsync(talk, arguments) is not var (code, subject))
        {
            talk.Reply("audit.ask");
            return;
        }

        // What was done to a case before it was joined to this one belongs to it too.
        var all = (await talk.Session.Audit.OfAsync(subject, Most)).ToList();
        foreach (var joined in await talk.Session.Cases.JoinedToAsync(new CaseId(subject)))
            all.AddRange(await talk.Session.Audit.OfAsync(joined.Value, Most));
        var entries = all.OrderBy(entry => entry.At).TakeLast(Most).ToList();
        await talk.Session.Audit.AddAsync(talk.Session.Actor.Id, new AuditAct("audit.read"), subject);
        var lines = new List<RichText> { talk.Texts.Say(talk.Language, "audit.title", ("code", code), ("count", entries.Count)) };
        foreach (var entry in entries)
            lines.Add((await LineOf(talk, entry)).In(talk.Language, talk.Texts));
        talk.Reply(RichText.Join("\n", lines));
    }

    private static async Task<(string Code, Guid Subject)?> FindAsync(Talk talk, string typed)
    {
        if (CaseCode.TryParse(typed, out var @case) && await CaseAccess.FindAsync(talk.Session, @case) is { } file)
            return (file.Code.Text, file.Id.Value);
        return IncidentCode.TryParse(typed, out var code) && await IncidentAccess.FindAsync(talk.Session, code) is { } incident
            ? (incident.Code.Text, incident.Id.Value)
            : null;
    }

    private static async Task<Line> LineOf(Talk talk, AuditEntry entry)
    {
        var person = entry.PersonId is { } id ? await talk.Session.People.FindAsync(new PersonId(id)) : null;
        var who = (entry.PersonId, person) switch
        {
            (null, _) => new Line("audit.program"),
            (_, { } known) => new Line("audit.person", ("role", known.Role), ("sign", known.Shown)),
            ({ } gone, _) => new Line("audit.gone", ("sign", PersonSign.Of(new PersonId(gone)))),
        };
        // A long detail is an id, which tells people nothing.
        var act = entry.Detail is { Length: < 32 } detail ? $"{entry.Act} {detail}" : entry.Act.Code;
        if (entry.Token is not null)
            act += " (API)";
        return new Line("audit.line", ("at", entry.At.InZone(talk.Zone)), ("who", who), ("act", act));
    }
}
