using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>Accepts an invitation, which gives its role. It works once, within its time, and never lowers a role.</summary>
public sealed class AcceptInvite(Alerts alerting)
{
    /// <summary>After this many wrong codes from one address no more are looked up.</summary>
    public const int MostWrongCodes = 5;

    private const string Kind = "invite";
    private static readonly Duration Memory = Duration.FromHours(1);

    /// <param name="typed">The code as typed, or from the link.</param>
    public async Task<InviteOutcome> RunAsync(Session session, string typed, Person person, Address here)
    {
        // The answer is that to a wrong code, so that a person who guesses does not learn when to come back.
        if (person.IsFrozen || await session.WrongCodes.CountAsync(here.Id, Kind, session.Now - Memory) >= MostWrongCodes)
            return new InviteOutcome.Unknown();

        if (InviteCode.Read(typed) is not { } code || await session.Invites.TakeAsync(code) is not { } invite)
        {
            await session.WrongCodes.AddAsync(here.Id, Kind);
            return new InviteOutcome.Unknown();
        }

        // If the inviter could not make this invitation now, it does not count: a phone in other hands may have made it.
        if (invite.CreatedBy is { } inviter && (await session.People.FindAsync(inviter))?.MayActAs(InvitePerson.NeededFor(invite.Role)) != true)
            return new InviteOutcome.Unknown();
        if (invite.UsedAt is not null)
            return new InviteOutcome.Used();
        if (invite.ExpiresAt <= session.Now)
            return new InviteOutcome.Expired();
        if (invite.Role < person.Role || (invite.Role == person.Role && invite.Role != Role.Reporter && !await IsAwaitedAsync(session, invite, here)))
            return new InviteOutcome.NotNeeded(person.Role);

        var raised = person with { Role = invite.Role, Called = invite.Called ?? person.Called };
        await session.People.UpdateAsync(raised);
        await session.People.SetCalledAsync(person.Id, raised.Called);
        await session.Invites.MarkUsedAsync(invite, person.Id);
        await session.Audit.AddAsync(person.Id, AuditAct.InviteAccepted, person.Id.Value, Words.Snake(invite.Role.ToString()));
        // Whoever was here before and comes back begins anew: what they followed then is others' now.
        if (person.Role == Role.Reporter)
            await session.Subscriptions.RemoveAllAsync(person.Id);
        // All colleagues hear of an invitation from the command line, in the same way.
        if (invite.CreatedBy is not null || invite.Role == Role.Reporter)
            await TellAsync(session, invite, person.Id);
        await TellColleaguesAsync(session, invite, raised);
        return new InviteOutcome.Accepted(raised);
    }

    // The person has the role from an imported list, and the invitation of the machine or of that import only makes them write to the bot. It is used
    // up, or it would let somebody else in.
    private static async Task<bool> IsAwaitedAsync(Session session, Invite invite, Address here) =>
        here.AskedAt is not null && (invite.CreatedBy is null || await session.Imports.MadeInviteAsync(invite.Id));

    // The inviter must know that the invitation was used: if the wrong person used it, now is the time to act. The owners hear of one from the
    // command line.
    private async Task TellAsync(Session session, Invite invite, PersonId by)
    {
        var addresses = invite.CreatedBy is { } maker
            ? await session.Addresses.OfAsync(maker)
            : await session.Addresses.WithRoleAsync(Role.Owner);
        var to = addresses.Where(address => !address.IsDark && address.Person != by)
            .Select(address => new Subscriber(address.Id, address.At.Channel, address.Language, address.IsGroup)).ToList();

        await alerting.RaiseAsync(
            session,
            new AlertDraft(
                null, AlertKind.InviteAccepted, Severity.Notice, $"invite:{invite.Id:N}", new Line("invite.accepted", ("role", invite.Role))),
            to);
    }

    // Colleagues must see who is let in, since a phone in other hands can make invitations too.
    private async Task TellColleaguesAsync(Session session, Invite invite, Person guest)
    {
        if (invite.Role < Role.Advocate)
            return;

        var maker = invite.CreatedBy is { } id ? await session.People.FindAsync(id) : null;
        var draft = new AlertDraft(
            null, AlertKind.PersonCame, Severity.Urgent, $"came:{invite.Id:N}", maker is null
                ? new Line("invite.came-by-operator", ("role", invite.Role), ("sign", guest.Shown))
                : new Line(
                    "invite.came", ("role", invite.Role), ("sign", guest.Shown),
                    ("byrole", maker.Role), ("bysign", maker.Shown)))
        {
            Buttons = [[("freeze.look-at-them", $"freeze:who.{guest.Id.Value:N}")]],
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(
            session, draft,
            (await Recipients.CoordinatorsAsync(session)).Where(one => one.Person != guest.Id && (maker is null || one.Person != maker.Id)).ToList());
    }
}

/// <summary>The result of accepting an invitation.</summary>
public abstract record InviteOutcome
{
    private InviteOutcome() { }

    /// <param name="Person">The person with the new role.</param>
    public sealed record Accepted(Person Person) : InviteOutcome;

    public sealed record Used : InviteOutcome;

    public sealed record Expired : InviteOutcome;

    /// <summary>There is no such code. Also the answer after too many wrong codes.</summary>
    public sealed record Unknown : InviteOutcome;

    /// <summary>The person has this role or a higher one. The invitation still works for somebody else.</summary>
    public sealed record NotNeeded(Role Has) : InviteOutcome;
}
