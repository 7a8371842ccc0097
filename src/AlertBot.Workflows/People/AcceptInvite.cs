using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>Takes an invitation: the person gets its role. It works once, in its time, and never takes a role away.</summary>
public sealed class AcceptInvite(Alerts alerting)
{
    /// <summary>After so many wrong codes from one address it is not even looked any more.</summary>
    public const int MostWrongCodes = 5;

    private const string Kind = "invite";
    private static readonly Duration Memory = Duration.FromHours(1);

    /// <param name="typed">As typed, or from the link.</param>
    public async Task<InviteOutcome> RunAsync(Session session, string typed, Person person, Address here)
    {
        // The answer is the same as to a wrong code, so that whoever guesses does not learn when to come back.
        if (person.IsFrozen || await session.WrongCodes.CountAsync(here.Id, Kind, session.Now - Memory) >= MostWrongCodes)
            return new InviteOutcome.Unknown();

        if (InviteCode.Read(typed) is not { } code || await session.Invites.TakeAsync(code) is not { } invite)
        {
            await session.WrongCodes.AddAsync(here.Id, Kind);
            return new InviteOutcome.Unknown();
        }

        // An invitation whose maker could not make it now counts for nothing: a phone in other hands may have made it.
        if (invite.CreatedBy is { } inviter && (await session.People.FindAsync(inviter))?.MayActAs(InvitePerson.NeededFor(invite.Role)) != true)
            return new InviteOutcome.Unknown();
        if (invite.UsedAt is not null)
            return new InviteOutcome.Used();
        if (invite.ExpiresAt <= session.Now)
            return new InviteOutcome.Expired();
        if (invite.Role < person.Role || (invite.Role == person.Role && invite.Role != Role.Reporter && !IsAwaited(invite, here)))
            return new InviteOutcome.NotNeeded(person.Role);

        var raised = person with { Role = invite.Role, Called = invite.Called ?? person.Called };
        await session.People.UpdateAsync(raised);
        await session.People.SetCalledAsync(person.Id, raised.Called);
        await session.Invites.MarkUsedAsync(invite, person.Id);
        await session.Audit.AddAsync(person.Id, AuditAct.InviteAccepted, person.Id.Value, Words.Snake(invite.Role.ToString()));
        // Whoever was here before and comes back begins anew: what they followed then is others' now.
        if (person.Role == Role.Reporter)
            await session.Subscriptions.RemoveAllAsync(person.Id);
        // Of what was made on the command line all colleagues hear alike.
        if (invite.CreatedBy is not null || invite.Role == Role.Reporter)
            await TellAsync(session, invite, person.Id);
        await TellColleaguesAsync(session, invite, raised);
        return new InviteOutcome.Accepted(raised);
    }

    // Brought in by a list with that role already, and invited by the operator so that they write to the bot: theirs is used up, or
    // it would let somebody else in.
    private static bool IsAwaited(Invite invite, Address here) => invite.CreatedBy is null && here.AskedAt is not null;

    // Whoever made it must know that it was used: if not by whom they meant, now is the time to act. An invitation made on the
    // command line concerns the owners.
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

    // Nobody is let in unseen: a phone in other hands makes invitations too.
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

/// <summary>What became of an invitation.</summary>
public abstract record InviteOutcome
{
    private InviteOutcome() { }

    /// <param name="Person">As they are now.</param>
    public sealed record Accepted(Person Person) : InviteOutcome;

    public sealed record Used : InviteOutcome;

    public sealed record Expired : InviteOutcome;

    /// <summary>No such code; also said to whoever tried too many.</summary>
    public sealed record Unknown : InviteOutcome;

    /// <summary>They have this role or a higher one; the invitation is still good for somebody else.</summary>
    public sealed record NotNeeded(Role Has) : InviteOutcome;
}
