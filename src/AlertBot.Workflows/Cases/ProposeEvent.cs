using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// An advocate of a case proposes a fact. It starts and stops nothing until a coordinator puts it on file; then two people have seen it, and it
/// counts as confirmed. Whoever proposed it hears what became of it.
/// </summary>
public sealed class ProposeEvent(RecordEvent record, Alerts alerting)
{
    /// <returns>False when the actor may not.</returns>
    public async Task<bool> RunAsync(Session session, CaseId @case, CaseEvent @event)
    {
        if (session.Actor.Person is not { } who || @event.Kind == JoinCases.Merge || !await CaseAccess.MaySeeAsync(session, @case)
            || await session.Cases.FindAsync(@case) is not { } file)
            return false;

        await session.Cases.ProposeAsync(@case, @event with { RecordedBy = who.Id, RecordedAt = session.Now });
        await session.Audit.AddAsync(who.Id, new AuditAct("case.event.propose"), @case.Value, @event.Kind.Code);
        var id = @event.Id.Value.ToString("N");
        var draft = new AlertDraft(
            @case, AlertKind.CaseNews, Severity.Urgent, $"proposed:{id}",
            new Line("propose.wanted", ("code", file.Code.Text), ("role", who.Role), ("sign", who.Shown)), CorrectEvent.FactLine(@event))
        {
            Buttons =
            [
                [("propose.accept", $"propose:y:{id}"), ("propose.refuse", $"propose:n:{id}")],
                [("propose.read", $"propose:r:{id}"), ("button.details", $"case:{file.Code.Text}")],
            ],
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session));
        return true;
    }

    /// <summary>A coordinator puts it on file.</summary>
    /// <returns>The case and the fact; null when the actor may not, or when it was decided before.</returns>
    public async Task<(CaseFile File, CaseEvent Event)?> AcceptAsync(Session session, EventId id)
    {
        if (await FindAsync(session, id) is not var (file, @event) || session.Actor.Id is not { } by)
            return null;

        await session.Cases.LockAsync(file.Id);
        await session.Cases.AcceptProposedAsync(id, by);
        await session.Audit.AddAsync(by, new AuditAct("case.event.accept"), file.Id.Value, @event.Kind.Code);
        var look = await record.TellAsync(session, file.Id, @event with { ConfirmedBy = by });
        return (look.File, @event);
    }

    /// <inheritdoc cref="AcceptAsync"/>
    public async Task<(CaseFile File, CaseEvent Event)?> RefuseAsync(Session session, EventId id)
    {
        if (await FindAsync(session, id) is not var (file, @event))
            return null;

        await session.Cases.RefuseProposedAsync(id);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.event.refuse"), file.Id.Value, @event.Kind.Code);
        if (@event.RecordedBy is { } proposer)
        {
            var told = new AlertDraft(
                file.Id, AlertKind.CaseNews, Severity.Notice, $"proposed:{id.Value:N}:refused",
                new Line("propose.refused", ("code", file.Code.Text), ("sign", session.Actor.Person?.Shown ?? "–")), CorrectEvent.FactLine(@event))
            {
                Needs = Role.Advocate,
            };
            await alerting.RaiseAsync(session, told, await session.Addresses.OpenOfAsync([proposer]));
        }

        return (file, @event);
    }

    /// <summary>It with its words, for whoever decides about it.</summary>
    public async Task<(CaseFile File, CaseEvent Event)?> FindAsync(Session session, EventId id) =>
        session.Actor.MayActAs(Role.Coordinator) && await session.Cases.FindProposedAsync(id) is var (file, @event)
        && @event.RecordedBy != session.Actor.Id
            ? (file, @event)
            : null;
}
