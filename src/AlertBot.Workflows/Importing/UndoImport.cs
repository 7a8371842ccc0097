using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Importing;

/// <summary>
/// Takes back what one line of an import added, unless somebody used or changed it since: what people did with it counts more than the mistake.
/// </summary>
public sealed class UndoImport(CorrectEvent correct, ChangeRole changeRole, Alerts alerting)
{
    /// <returns>Why it stays; null: it is taken back, or was gone before.</returns>
    public async Task<ImportStays?> RunAsync(Session session, ImportLine line)
    {
        if (line is not { Made: { } made, MadeAt: { } at })
            return null;
        if (line.Invite is { } invite)
            await session.Invites.UndoAsync(invite);

        return made switch
        {
            { Case: { } @case } => await CaseAsync(session, new CaseId(@case), made, at),
            { Address: { } address } => await PersonAsync(session, new AddressId(address), made, at),
            _ => await EventsAsync(session, made),
        };
    }

    private async Task<ImportStays?> PersonAsync(Session session, AddressId id, ImportMade made, Instant at)
    {
        if (await session.Addresses.FindAsync(id) is not { } address)
            return null;
        if (!session.Actor.MayActAs(InvitePerson.NeededFor(made.Role ?? Role.Reporter)))
            return ImportStays.NotAllowed;

        return made.IsNew ? await NewAsync(session, address, made) : await KnownAsync(session, address, made, at);
    }

    private static async Task<ImportStays?> NewAsync(Session session, Address address, ImportMade made)
    {
        if (address is { IsGroup: false, WarmAt: not null })
            return ImportStays.Wrote;
        if ((await session.Subscriptions.CasesOfAsync(address.Id)).Any(@case => !made.Follows.Contains(@case.Value)))
            return ImportStays.Changed;
        if (address.Person is { } person)
        {
            if (await session.People.FindAsync(person) is not { IsFrozen: false } known || known.Role != made.Role
                || (await session.Addresses.OfAsync(person)).Count > 1)
                return ImportStays.Changed;
        }

        await session.Addresses.EraseAsync(address.Id);
        if (address.Person is { } nobody)
            await session.Imports.RemovePersonAsync(nobody);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("people.import-undo"), address.Id.Value);
        return null;
    }

    private async Task<ImportStays?> KnownAsync(Session session, Address address, ImportMade made, Instant at)
    {
        if (made.Had is { } had && address.Person is { } person)
        {
            if ((await session.People.FindAsync(person))?.Role != made.Role)
                return ImportStays.Changed;
            if (await session.Imports.HasActedAsync(person, at))
                return ImportStays.Used;
            if ((await changeRole.RunAsync(session, person, had, isUndo: true)).Outcome != FreezeOutcome.Done)
                return ImportStays.NotAllowed;
        }

        foreach (var @case in made.Follows.Select(id => new CaseId(id)))
        {
            if (await session.Subscriptions.RemoveAsync(@case, address.Id))
            {
                await session.Audit.AddAsync(
                    session.Actor.Id, address.IsGroup ? AuditAct.CaseUnlinked : AuditAct.CaseUnfollowed, @case.Value,
                    address.Id.Value.ToString("N"));
            }
        }

        return null;
    }

    private async Task<ImportStays?> CaseAsync(Session session, CaseId id, ImportMade made, Instant at)
    {
        if (!session.Actor.MayActAs(Role.Coordinator))
            return ImportStays.NotAllowed;
        await session.Cases.LockAsync(id);
        if (await session.Cases.FindAsync(id) is not { } file)
            return null;
        if (await session.Imports.IsCaseTouchedAsync(id, made.Events, at))
            return ImportStays.Changed;

        var told = (await session.Outbox.ToldAsync(id, [""])).ToHashSet();
        await session.Retention.DeleteCaseAsync(id);
        await session.Cases.GoneAsync(id);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.import-undo"), id.Value);
        // Whoever read its dates must not go by them. Nobody follows it, so these are coordinators.
        var to = (await Recipients.CoordinatorsAsync(session)).Where(one => told.Contains(one.Address)).ToList();
        if (to.Count > 0)
        {
            await alerting.RaiseAsync(
                session,
                new AlertDraft(
                    null, AlertKind.Imported, Severity.Notice, $"import-gone:{id.Value:N}", new Line("import.case-gone", ("code", file.Code.Text)))
                {
                    Needs = Role.Coordinator,
                },
                to);
        }

        return null;
    }

    // What was told is told again as withdrawn, and the dates follow, as with every other fact.
    private async Task<ImportStays?> EventsAsync(Session session, ImportMade made)
    {
        var gone = new List<CaseEvent>();
        foreach (var id in made.Events.Select(one => new EventId(one)))
        {
            if (await session.Cases.OfEventAsync(id) is not { } file || file.Events.First(one => one.Id == id) is not { IsWithdrawn: false } known)
                continue;
            if (known.ConfirmedBy is not null || !known.Preferred || file.Events.Any(other => other.SameFactAs == id || other.About == id)
                || await session.Imports.IsEventChangedAsync(id))
                return ImportStays.Changed;
            gone.Add(known with { IsWithdrawn = true });
        }

        return gone.Count == 0 || await correct.SaveAsync(session, gone) is not null ? null : ImportStays.NotAllowed;
    }
}
