using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>
/// Lets one coordinator, or somebody who holds their phone, suspend or lower at most two people an hour. More takes an owner or a second coordinator.
/// Owners are told at the second.
/// </summary>
public sealed class SuspendLimit(Alerts alerting)
{
    /// <summary>The audit log's detail of an act that follows from another and so is not counted.</summary>
    public const string Follows = "follows";

    private const int AnHour = 2;
    private static readonly AuditAct[] Acts = [AuditAct.PersonFrozen, AuditAct.RoleChanged];

    /// <summary>Whether the actor has used up the limit. The others are then asked to act instead.</summary>
    public async Task<bool> IsReachedAsync(Session session, Person whom)
    {
        if (session.Actor is not { Person: { Role: < Role.Owner } by } || await CountAsync(session, by.Id) < AnHour)
            return false;

        await session.Audit.AddAsync(by.Id, new AuditAct("person.freeze.wanted"), whom.Id.Value);
        var draft = new AlertDraft(
            null, AlertKind.FreezeWanted, Severity.Urgent, $"freeze-wanted:{whom.Id.Value:N}:{by.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            new Line(
                "freeze.wanted", ("role", whom.Role), ("sign", whom.Shown), ("byrole", by.Role), ("bysign", by.Shown)))
        {
            Buttons = [[("freeze.do", $"freeze:who.{whom.Id.Value:N}")], [("freeze.look-at-them", $"freeze:who.{by.Id.Value:N}")]],
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(
            session, draft,
            (await Recipients.CoordinatorsAsync(session)).Where(one => one.Person != by.Id && one.Person != whom.Id).ToList());
        return true;
    }

    /// <summary>To be called after the act: owners are told of the second one.</summary>
    public async Task DoneAsync(Session session)
    {
        if (session.Actor is not { Person: { Role: < Role.Owner } by } || await CountAsync(session, by.Id) != AnHour)
            return;

        var draft = new AlertDraft(
            null, AlertKind.FrozenTwice, Severity.Critical, $"freeze-twice:{by.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            new Line("freeze.twice", ("byrole", by.Role), ("bysign", by.Shown)))
        {
            Buttons = [[("freeze.look-at-them", $"freeze:who.{by.Id.Value:N}")]],
            Needs = Role.Owner,
        };
        await alerting.RaiseAsync(session, draft, await session.Addresses.OpenWithRoleAsync(Role.Owner));
    }

    private static async Task<int> CountAsync(Session session, PersonId by) =>
        (await session.Audit.ByAsync(by, session.Now - Duration.FromHours(1), Acts)).Count(act => act.Detail is null || !act.Detail.EndsWith(
            Follows, StringComparison.Ordinal));
}
