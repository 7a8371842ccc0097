using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Alerting;

/// <summary>Sends an alert that a person wrote to the followers of a case.</summary>
public sealed class SendAlert(Alerts alerting)
{
    /// <returns>Null if the actor may not, or if there is no such case.</returns>
    public async Task<AlertId?> RunAsync(Session session, CaseCode code, AlertKind kind, Severity severity, string text)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Cases.FindAsync(code) is not { } file)
            return null;

        var id = AlertId.New();
        var draft = new AlertDraft(
            file.Id, kind, severity, $"manual:{id.Value:N}", new Line("alert.manual", ("code", file.Code.Text), ("text", text)))
        {
            Id = id,
        };
        await alerting.RaiseAsync(session, draft, (await Recipients.OfAsync(session, [file.Id]))(file.Id));
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("alert.send"), file.Id.Value, kind.Code);
        return id;
    }
}
