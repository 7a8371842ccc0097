using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>
/// Lowers the role of somebody who leaves or does less. The incidents they had taken are open again, and a successor takes over the cases they
/// followed. All coordinators are told, and any of them who could invite to that role can undo it for a day.
/// </summary>
public sealed class ChangeRole(FreezePerson freezePerson, WithdrawMessages withdrawMessages, SuspendLimit limit, Alerts alerting)
{
    private static readonly Duration Undone = Duration.FromHours(24);


    /// <summary>Whether the actor may lower the person's role: as with suspending, nobody their own, and an owner's only another owner.</summary>
    public static FreezeOutcome May(Person? whom, Role to, Actor actor) => whom switch
    {
        { Role: var has } when to >= has => FreezeOutcome.NotFound,
        { Role: >= Role.Coordinator } when !actor.MayActAs(Role.Owner) => FreezeOutcome.OnlyOwner,
        _ => FreezePerson.May(whom, actor),
    };

    /// <param name="successor">Takes over the cases that the person followed; null: nobody.</param>
    /// <param name="isUndo">True if it undoes how they came in, which does not count towards the limit.</param>
    public async Task<(FreezeOutcome Outcome, LeftBehind? Left)> RunAsync(
        Session session, PersonId whom, Role to, PersonId? successor = null, bool isUndo = false)
    {
        var person = await session.People.FindAsync(whom);
        if (May(person, to, session.Actor) is not FreezeOutcome.Done and var refused)
            return (refused, null);
        if (!isUndo && await limit.IsReachedAsync(session, person!))
            return (FreezeOutcome.TooMany, null);

        if (successor is { } heir)
            await HandOverAsync(session, whom, heir);
        await session.People.UpdateAsync(person! with { Role = to });
        var change = $"{Words.Snake(person!.Role.ToString())}:{Words.Snake(to.ToString())}";
        await session.Audit.AddAsync(session.Actor.Id, AuditAct.RoleChanged, whom.Value, isUndo ? $"{change}:{SuspendLimit.Follows}" : change);
        var left = to == Role.Reporter ? await freezePerson.WithdrawAsync(session, whom)
            : new LeftBehind([], []) { Webhooks = await session.Webhooks.OffWithAsync(whom) };
        if (to == Role.Reporter)
        {
            await session.OnCall.SaveAsync((await session.OnCall.TakeRotaAsync()).Leave(whom));
            foreach (var address in await session.Addresses.OfAsync(whom))
                await withdrawMessages.FromAsync(session, address);
        }

        if (!isUndo)
            await limit.DoneAsync(session);
        await TellAsync(session, person, to, left);
        return (FreezeOutcome.Done, left);
    }

    /// <summary>The role that the actor may give back to the person; null: nothing was taken within a day, or it is not theirs to give.</summary>
    public async Task<Role?> MayGiveBackAsync(Session session, PersonId whom)
    {
        if (await session.Audit.OfAsync(whom.Value, AuditAct.RoleChanged, session.Now - Undone) is not [.., { Detail: { } detail }]
            || whom == session.Actor.Id || await session.People.FindAsync(whom) is not { } person)
            return null;
        var had = Enum.GetValues<Role>().First(role => detail.StartsWith(Words.Snake(role.ToString()) + ":", StringComparison.Ordinal));
        return had > person.Role && session.Actor.MayActAs(InvitePerson.NeededFor(had)) ? had : null;
    }

    /// <summary>Gives back what was taken from the person, within a day.</summary>
    public async Task<bool> GiveBackAsync(Session session, PersonId whom)
    {
        if (await MayGiveBackAsync(session, whom) is not { } had || await session.People.FindAsync(whom) is not { } person)
            return false;

        await session.People.UpdateAsync(person with { Role = had });
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("person.role.undo"), whom.Value, Words.Snake(had.ToString()));
        var told = new AlertDraft(
            null, AlertKind.RoleGivenBack, Severity.Notice, $"role-back:{whom.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            new Line("freeze.over-you", ("role", had)));
        await alerting.RaiseAsync(session, told, await session.Addresses.OpenOfAsync([whom]));
        return true;
    }

    private async Task TellAsync(Session session, Person person, Role to, LeftBehind left)
    {
        var draft = new AlertDraft(
            null, AlertKind.RoleLowered, Severity.Urgent, $"role:{person.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            [
                new Line(
                    "remove.told", ("role", person.Role), ("sign", person.Shown), ("to", to),
                    ("byrole", session.Actor.Person?.Role ?? Role.Owner), ("bysign", session.Actor.Person?.Shown ?? "–")),
                .. left.Lines,
            ])
        {
            Buttons = [[("remove.undo", $"remove:back.{person.Id.Value:N}")]],
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(session, draft, (await Recipients.CoordinatorsAsync(session)).Where(one => one.Person != person.Id).ToList());
        var own = new AlertDraft(
            null, AlertKind.RoleLowered, Severity.Notice, $"role-own:{person.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            new Line("remove.told-them", ("to", to)));
        await alerting.RaiseAsync(session, own, await session.Addresses.OpenOfAsync([person.Id]));
    }

    private static async Task HandOverAsync(Session session, PersonId from, PersonId to)
    {
        if (await session.Addresses.OpenOfAsync([to]) is not [var address, ..])
            return;
        foreach (var @case in await session.Subscriptions.CasesOfAsync(from))
        {
            if (await session.Subscriptions.AddAsync(@case, address.Address, session.Actor.Id))
                await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.hand_over"), @case.Value, address.Address.Value.ToString("N"));
        }
    }
}
