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
/// Takes back what one line of an import added, unless somebody used or changed it since: what people did with it counts more than the mistake. Who
/// came by the file of a phone in other hands loses it all the same. Whoever stops following by it is told.
/// </summary>
public sealed class UndoImport(CorrectEvent correct, ChangeRole changeRole, Alerts alerting)
{
    // What came at the same moment was there before.
    private static readonly Duration Moment = Duration.FromMilliseconds(1);

    /// <param name="isForeign">True: whoever let it be done is suspended.</param>
    /// <returns>Why it stays; null: it is taken back, or was gone before.</returns>
    public async Task<ImportStays?> RunAsync(Session session, ImportLine line, bool isForeign)
    {
        if (line is not { Made: { } made, MadeAt: { } at })
            return null;
        if (line.Invite is { } invite)
            await session.Invites.UndoAsync(invite);

        return made switch
        {
            { Case: { } @case } => await CaseAsync(session, new CaseId(@case), made, at),
            { Address: { } address } => await PersonAsync(session, new AddressId(address), made, at, isForeign),
            _ => await EventsAsync(session, made),
        };
    }

    private async Task<ImportStays?> PersonAsync(Session session, AddressId id, ImportMade made, Instant at, bool isForeign)
    {
        if (await session.Addresses.FindAsync(id) is not { } address)
            return null;
        if (!session.Actor.MayActAs(InvitePerson.NeededFor(made.Role ?? Role.Reporter)))
            return ImportStays.NotAllowed;

        return made.IsNew ? await NewAsync(session, address, made, at, isForeign) : await KnownAsync(session, address, made, at, isForeign);
    }

    private async Task<ImportStays?> NewAsync(Session session, Address address, ImportMade made, Instant at, bool isForeign)
    {
        // Whoever is there can be told, and so is not erased.
        if (address is { IsGroup: false, WarmAt: not null })
            return isForeign ? await KnownAsync(session, address, made with { Had = Role.Reporter }, at, isForeign) : ImportStays.Wrote;
        if (address.IsGroup && await session.Imports.HasHeardAsync(address.Id))
            return await KnownAsync(session, address, made, at, isForeign);
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

    private async Task<ImportStays?> KnownAsync(Session session, Address address, ImportMade made, Instant at, bool isForeign)
    {
        if (!isForeign && address.Person is { } whom
            && (await session.Imports.HasActedAsync(whom, at, made.Follows) || await session.Retention.HasWrittenAsync(address.At, at + Moment)))
            return ImportStays.Used;
        if (made.Had is { } had && address.Person is { } person)
        {
            var has = (await session.People.FindAsync(person))?.Role;
            if (has != made.Role && !isForeign)
                return ImportStays.Changed;
            if (has > had && (await changeRole.RunAsync(session, person, had, isUndo: true)).Outcome != FreezeOutcome.Done)
                return ImportStays.NotAllowed;
        }

        var lost = new List<CaseId>();
        foreach (var @case in made.Follows.Select(id => new CaseId(id)))
        {
            if (await session.Subscriptions.RemoveAsync(@case, address.Id))
            {
                lost.Add(@case);
                await session.Audit.AddAsync(
                    session.Actor.Id, address.IsGroup ? AuditAct.CaseUnlinked : AuditAct.CaseUnfollowed, @case.Value,
                    address.Id.Value.ToString("N"));
            }
        }

        if (lost.Count > 0 && !address.IsDark)
            await TellAsync(session, address, lost);
        return null;
    }

    // Nobody waits in vain for alerts that come no more.
    private async Task TellAsync(Session session, Address address, IReadOnlyCollection<CaseId> lost)
    {
        var codes = (await session.Cases.CodesAsync(lost)).Select(code => code.Text);
        var draft = new AlertDraft(
            null, AlertKind.Imported, Severity.Notice, $"import-unfollowed:{address.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            new Line("import.unfollowed", ("codes", string.Join(", ", codes))));
        await alerting.RaiseAsync(
            session, draft, [new Subscriber(address.Id, address.At.Channel, address.Language, address.IsGroup) { Person = address.Person }]);
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
