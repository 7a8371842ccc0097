using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.People;

/// <summary>
/// Suspends the role of a person whose phone is lost or in other hands, until a colleague ends that. Waiting messages are not sent to them, our
/// messages are removed from their chats, and the incidents they took are open again. People whom they invited lately are suspended too, until
/// somebody vouches for them. Coordinators learn which cases are left with nobody.
/// </summary>
public sealed class FreezePerson(Alerts alerting, AlertCards alertCards, WithdrawMessages withdrawMessages, SuspendLimit limit)
{
    private static string KeysOf(PersonId person) => $"frozen:{person.Value:N}:";

    /// <summary>Whether the actor may suspend the person, or end that: nobody themself, and an owner only another owner.</summary>
    public static FreezeOutcome May(Person? whom, Actor actor) => whom switch
    {
        _ when !actor.MayActAs(Role.Coordinator) => FreezeOutcome.NotAllowed,
        null or { Role: Role.Reporter } => FreezeOutcome.NotFound,
        _ when whom.Id == actor.Id => FreezeOutcome.Yourself,
        { Role: Role.Owner } when !actor.MayActAs(Role.Owner) => FreezeOutcome.OnlyOwner,
        _ => FreezeOutcome.Done,
    };

    /// <returns>What the person leaves behind, if it succeeded.</returns>
    public async Task<(FreezeOutcome Outcome, LeftBehind? Left)> RunAsync(Session session, PersonId whom)
    {
        var person = await session.People.FindAsync(whom);
        if (May(person, session.Actor) is not FreezeOutcome.Done and var refused)
            return (refused, null);
        if (person!.IsFrozen is false && await limit.IsReachedAsync(session, person))
            return (FreezeOutcome.TooMany, null);
        if (!await session.People.FreezeAsync(whom, session.Actor.Id))
            return (FreezeOutcome.DoneBefore, null);

        await session.Audit.AddAsync(session.Actor.Id, AuditAct.PersonFrozen, whom.Value);
        var left = await WithdrawAsync(session, whom);
        await EmptyChatsAsync(session, whom);
        left = left with { Guests = await FreezeGuestsAsync(session, whom) };
        await limit.DoneAsync(session);
        var head = new Line(
            "freeze.told", ("role", person.Role), ("sign", person.Shown),
            ("byrole", session.Actor.Person?.Role ?? Role.Owner), ("bysign", session.Actor.Person?.Shown ?? "–"));
        var draft = new AlertDraft(
            null, AlertKind.PersonFrozen, Severity.Urgent, KeysOf(whom) + session.Now.ToUnixTimeMilliseconds()
            .ToString(CultureInfo.InvariantCulture), [head, .. left.Lines])
        {
            Buttons = [[("freeze.what-they-did", $"freeze:did.{whom.Value:N}")]],
            Needs = Role.Coordinator,
        };
        var others = (await Recipients.CoordinatorsAsync(session)).Where(one => one.Person != session.Actor.Id || session.Actor.Id is null).ToList();
        await alerting.RaiseAsync(session, draft, others);
        return (FreezeOutcome.Done, left);
    }

    /// <summary>Ends the suspension, because the person is in control again. A changed key must be checked first.</summary>
    public async Task<FreezeOutcome> EndAsync(Session session, PersonId whom)
    {
        var person = await session.People.FindAsync(whom);
        if (May(person, session.Actor) is not FreezeOutcome.Done and var refused)
            return refused;
        if (await session.KeyChanges.OfAsync(whom) is not null)
            return FreezeOutcome.KeyFirst;
        if (!person!.IsFrozen)
            return FreezeOutcome.DoneBefore;

        await session.People.UnfreezeAsync(whom);
        await session.Audit.AddAsync(session.Actor.Id, AuditAct.PersonUnfrozen, whom.Value);
        await alertCards.ReplaceAsync(session, KeysOf(whom), new Line("freeze.over", ("role", person.Role), ("sign", person.Shown)));
        var told = new AlertDraft(
            null, AlertKind.PersonUnfrozen, Severity.Notice, $"unfrozen:{whom.Value:N}:{session.Now.ToUnixTimeMilliseconds()}", new Line(
                "freeze.over-you", ("role", person.Role)));
        await alerting.RaiseAsync(session, told, await session.Addresses.OpenOfAsync([whom]));
        return FreezeOutcome.Done;
    }

    // Somebody who holds a phone may have invited themself with it, so its guests are suspended, and the guests of these guests.
    private async Task<IReadOnlyList<string>> FreezeGuestsAsync(Session session, PersonId host)
    {
        var (guests, hosts) = (new List<string>(), new Queue<PersonId>([host]));
        while (hosts.TryDequeue(out var inviter))
        {
            foreach (var invite in await session.Invites.MadeByAsync(inviter, session.Now - WhatAPhoneDid.Within))
            {
                if (invite is { UsedBy: null, IsUndone: false })
                    await session.Invites.UndoAsync(invite.Id);
                if (invite.UsedBy is not { } guest || guest == session.Actor.Id || guest == host
                    || await session.People.FindAsync(guest) is not { Role: >= Role.Advocate } person
                    || !await session.People.FreezeAsync(guest, session.Actor.Id))
                    continue;

                await session.Audit.AddAsync(session.Actor.Id, AuditAct.PersonFrozen, guest.Value, SuspendLimit.Follows);
                await WithdrawAsync(session, guest);
                await EmptyChatsAsync(session, guest);
                guests.Add(person.Shown);
                hosts.Enqueue(guest);
            }
        }

        return guests;
    }

    private async Task EmptyChatsAsync(Session session, PersonId person)
    {
        foreach (var address in await session.Addresses.OfAsync(person))
            await withdrawMessages.FromAsync(session, address);
    }

    /// <summary>Takes everything out of a person's hands. The escalation looks at their incidents at once and opens them again.</summary>
    internal async Task<LeftBehind> WithdrawAsync(Session session, PersonId person)
    {
        foreach (var address in await session.Addresses.OfAsync(person))
        {
            await session.Outbox.FailAllAsync(address.Id, "frozen");
            await session.Conversations.EndAsync(address.Id);
        }

        var taken = await session.Incidents.OfAsync(person);
        foreach (var incident in taken)
            await session.Incidents.PostponeAsync(incident.Id, session.Now);
        var followed = await session.Subscriptions.CasesOfAsync(person);
        var heard = await session.Subscriptions.OpenOfAsync(followed);
        var cases = await session.Cases.LoadAsync(followed.Where(@case => heard[@case].All(one => one.IsUnconfirmed)).ToList());
        return new LeftBehind(
            taken.Select(incident => incident.Code.Text).ToList(),
            cases.Where(file => file.Status != CaseStatus.Closed).Select(file => file.Code.Text).ToList())
        {
            Webhooks = await session.Webhooks.OffWithAsync(person),
        };
    }
}

/// <summary>What a suspended person can no longer look after.</summary>
/// <param name="Incidents">Codes of the incidents they had taken.</param>
/// <param name="Cases">Codes of the cases that nobody else follows.</param>
public sealed record LeftBehind(IReadOnlyList<string> Incidents, IReadOnlyList<string> Cases)
{
    /// <summary>Signs of the people whom they invited lately, who are suspended with them.</summary>
    public IReadOnlyList<string> Guests { get; init; } = [];

    /// <summary>How many webhooks of theirs are switched off with it.</summary>
    public int Webhooks { get; init; }

    public IReadOnlyList<Line> Lines =>
    [
        .. Incidents.Count == 0 ? Array.Empty<Line>() : [new Line("freeze.incidents", ("codes", string.Join(", ", Incidents)))],
        .. Cases.Count == 0 ? Array.Empty<Line>() : [new Line("freeze.cases", ("codes", string.Join(", ", Cases)))],
        .. Webhooks == 0 ? Array.Empty<Line>() : [new Line("webhook.off-maker", ("count", Webhooks))],
        .. Guests.Count == 0 ? Array.Empty<Line>() : [new Line("freeze.guests", ("signs", string.Join(", ", Guests)))],
    ];
}

public enum FreezeOutcome
{
    Done,
    DoneBefore,

    /// <summary>Nobody with a role has that sign.</summary>
    NotFound,

    Yourself,

    /// <summary>They are an owner, and the actor is not.</summary>
    OnlyOwner,

    /// <summary>A changed key of theirs was not checked yet.</summary>
    KeyFirst,

    /// <summary>The actor has suspended or lowered two people in this hour, so a colleague is asked to do it.</summary>
    TooMany,

    NotAllowed,
}
