using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Cases;

/// <summary><c>/audit CODE</c>: who did what with a case or an incident, and who looked at it, the newest last.</summary>
public sealed class AuditCommand : IChatCommand
{
    private const int Most = 40;

    public string Name => "audit";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.May(Needs))
            return;
        if (await FindAsync(talk, arguments) is not var (code, subject))
        {
            talk.Reply("audit.which");
            return;
        }

        var acts = await talk.Session.Audit.OfAsync(subject);
        await talk.Session.Audit.AddAsync(talk.Person!.Id, new AuditAct("audit.read"), subject);
        var lines = new List<RichText> { talk.Texts.Say(talk.Language, "audit.title", ("code", code), ("count", acts.Count)) };
        foreach (var act in acts.TakeLast(Most))
        {
            lines.Add(talk.Texts.Say(
                talk.Language, "audit.line", ("at", act.At.InZone(talk.Zone)),
                ("who", act.PersonId is { } person ? PersonSign.Of(new PersonId(person)) : "–"), ("act", act.Act.Code),
                ("detail", DetailOf(act))));
        }

        talk.Reply(RichText.Join("\n", lines));
    }

    // Ids say nothing to a reader; codes and words of ours do.
    private static string DetailOf(AuditEntry act) => act.Detail is { } detail && !Guid.TryParse(detail, out _) ? detail : "";

    private static async Task<(string Code, Guid Subject)?> FindAsync(Talk talk, string typed)
    {
        if (CaseCode.TryParse(typed, out var @case) && await talk.Session.Cases.FindAsync(@case) is { } file)
            return (file.Code.Text, file.Id.Value);
        return IncidentCode.TryParse(typed, out var code) && await talk.Session.Incidents.FindAsync(code) is { } incident
            ? (incident.Code.Text, incident.Id.Value)
            : null;
    }
}
