using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.People;

/// <summary>
/// A person's phone is lost, or in other hands: their role is suspended until a colleague ends that. Nothing that waits is sent to
/// them, what they have taken is open again, and coordinators hear which cases are left with nobody.
/// </summary>
public sealed class FreezePerson(Alerts alerting, AlertCards alertCards)
{
    private static string KeysOf(PersonId person) => $"frozen:{person.Value:N}:";

    /// <summary>Whether that actor may suspend that person, or end it: nobody themself, and an owner only another owner.</summary>
    public static FreezeOutcome May(Person? whom, Actor actor) => whom switch
    {
        _ when !actor.MayActAs(Role.Coordinator) => FreezeOutcome.NotAllowed,
        null or { Role: Role.Reporter } => FreezeOutcome.NotFound,
        _ when whom.Id == actor.Id => FreezeOutcome.Yourself,
        { Role: Role.Owner } when !actor.MayActAs(Role.Owner) => FreezeOutcome.OnlyOwner,
        _ => FreezeOutcome.Done,
    };

    /// <returns>With it, what is left behind; else null.</returns>
    public async Task<(FreezeOutcome Outcome, LeftBehind? Left)> RunAsync(Session session, PersonId whom)
    {
        var person = await session.People.FindAsync(whom);
        if (May(person, session.Actor) is not FreezeOutcome.Done and var refused)
            return (refused, null);
        if (!await session.People.FreezeAsync(whom, session.Actor.Id))
            return (FreezeOutcome.DoneBefore, null);

        await session.Audit.AddAsync(session.Actor.Id, AuditAct.PersonFrozen, whom.Value);
        var left = await WithdrawAsync(session, whom);
        var head = new Line(
            "freeze.told", ("role", person!.Role), ("sign", PersonSign.Of(whom)),
            ("byrole", session.Actor.Person?.Role ?? Role.Owner), ("bysign", session.Actor.Id is { } by ? PersonSign.Of(by) : "–"));
        var draft = new AlertDraft(
            null, AlertKind.PersonFrozen, Severity.Urgent, KeysOf(whom) + session.Now.ToUnixTimeMilliseconds()
            .ToString(CultureInfo.InvariantCulture), [head, .. left.Lines]);
        var others = (await Recipients.CoordinatorsAsync(session)).Where(one => one.Person != session.Actor.Id || session.Actor.Id is null).ToList();
        await alerting.RaiseAsync(session, draft, others);
        return (FreezeOutcome.Done, left);
    }

    /// <summary>They are themselves again. Where a key of theirs has changed, that is looked into first.</summary>
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
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("person.unfreeze"), whom.Value);
        await alertCards.ReplaceAsync(session, KeysOf(whom), new Line("freeze.over", ("role", person.Role), ("sign", PersonSign.Of(whom))));
        var told = new AlertDraft(
            null, AlertKind.PersonUnfrozen, Severity.Notice, $"unfrozen:{whom.Value:N}:{session.Now.ToUnixTimeMilliseconds()}", new Line(
                "freeze.over-you", ("role", person.Role)));
        await alerting.RaiseAsync(session, told, await session.Addresses.OpenOfAsync([whom]));
        return FreezeOutcome.Done;
    }

    /// <summary>
    /// Takes out of a person's hands what is in them. What they have taken is looked at by the escalation at once, which opens it again.
    /// </summary>
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
            cases.Where(file => file.Status != CaseStatus.Closed).Select(file => file.Code.Text).ToList());
    }
}

/// <summary>What a suspended person cannot look after any more.</summary>
/// <param name="Incidents">Codes of those they had taken.</param>
/// <param name="Cases">Codes of those of which nobody else hears.</param>
public sealed record LeftBehind(IReadOnlyList<string> Incidents, IReadOnlyList<string> Cases)
{
    public IReadOnlyList<Line> Lines =>
    [
        .. Incidents.Count == 0 ? Array.Empty<Line>() : [new Line("freeze.incidents", ("codes", string.Join(", ", Incidents)))],
        .. Cases.Count == 0 ? Array.Empty<Line>() : [new Line("freeze.cases", ("codes", string.Join(", ", Cases)))],
    ];
}

public enum FreezeOutcome
{
    Done,
    DoneBefore,

    /// <summary>Nobody of that sign has a role.</summary>
    NotFound,

    Yourself,

    /// <summary>They are an owner, and the actor is none.</summary>
    OnlyOwner,

    /// <summary>A key of theirs has changed, and nobody has looked into that.</summary>
    KeyFirst,

    NotAllowed,
}
