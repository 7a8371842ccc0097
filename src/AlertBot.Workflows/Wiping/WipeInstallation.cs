using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Wiping;

/// <summary>
/// One owner proposes that keys and database be destroyed, another confirms it. What the program then does stands in its driver. Backups
/// stay: two parts of the keys open them elsewhere.
/// </summary>
public sealed class WipeInstallation(Alerts alerting)
{
    /// <summary>For so long it can be confirmed.</summary>
    public static readonly Duration Open = Duration.FromHours(1);

    /// <summary>Whoever has one phone could make a second owner with it: one who is so new does not count.</summary>
    public static readonly Duration TooNew = Duration.FromHours(24);

    /// <summary>The room's prefix of buttons.</summary>
    public const string Press = "wipe";

    /// <returns>Null when the actor may not, or it is proposed already.</returns>
    public async Task<Guid?> ProposeAsync(Session session)
    {
        if (!session.Actor.MayActAs(Role.Owner) || session.Actor.Id is not { } by || await session.Wipes.OpenAsync(session.Now - Open) is not null)
            return null;

        var id = await session.Wipes.ProposeAsync(by);
        await session.Audit.AddAsync(by, new AuditAct("wipe.propose"), id);
        var draft = new AlertDraft(
            null, AlertKind.Wipe, Severity.Critical, $"wipe:{id:N}", new Line("wipe.proposed", ("sign", PersonSign.Of(by))), new Line("wipe.what"))
        {
            Buttons = [[("wipe.confirm", $"{Press}:yes.{id:N}")], [("wipe.stop", $"{Press}:no.{id:N}")]],
            Needs = Role.Owner,
        };
        await alerting.RaiseAsync(session, draft, await OthersAsync(session, by));
        return id;
    }

    public async Task<WipeOutcome> ConfirmAsync(Session session, Wipe wipe)
    {
        if (!session.Actor.MayActAs(Role.Owner) || session.Actor.Id is not { } by)
            return WipeOutcome.NotYou;
        if (!wipe.IsOpen || session.Now - wipe.ProposedAt > Open)
            return WipeOutcome.Over;
        if (by == wipe.ProposedBy)
            return WipeOutcome.Yourself;
        if (await IsNewAsync(session, by))
            return WipeOutcome.TooNew;
        if (!await session.Wipes.ConfirmAsync(wipe.Id, by))
            return WipeOutcome.Over;

        await session.Audit.AddAsync(by, new AuditAct("wipe.confirm"), wipe.Id);
        var draft = new AlertDraft(
            null, AlertKind.Wipe, Severity.Critical, $"wipe:{wipe.Id:N}:done",
            new Line("wipe.done", ("sign", PersonSign.Of(wipe.ProposedBy)), ("other", PersonSign.Of(by))))
        {
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session));
        return WipeOutcome.Done;
    }

    /// <summary>Any owner takes it back, whoever proposed it too.</summary>
    public async Task<WipeOutcome> StopAsync(Session session, Wipe wipe)
    {
        if (!session.Actor.MayActAs(Role.Owner) || session.Actor.Id is not { } by)
            return WipeOutcome.NotYou;
        if (!await session.Wipes.StopAsync(wipe.Id, by))
            return WipeOutcome.Over;

        await session.Audit.AddAsync(by, new AuditAct("wipe.stop"), wipe.Id);
        var draft = new AlertDraft(
            null, AlertKind.Wipe, Severity.Urgent, $"wipe:{wipe.Id:N}:stopped", new Line("wipe.stopped", ("sign", PersonSign.Of(by))))
        {
            Needs = Role.Owner,
        };
        await alerting.RaiseAsync(session, draft, await OthersAsync(session, by));
        return WipeOutcome.Done;
    }

    // As the audit log tells: when they came in by an invitation to be an owner, or were made one.
    private static async Task<bool> IsNewAsync(Session session, PersonId who) =>
        (await session.Audit.OfAsync(who.Value, AuditAct.InviteAccepted, session.Now - TooNew)).Count > 0
        || (await session.Audit.OfAsync(who.Value, AuditAct.RoleChanged, session.Now - TooNew)).Count > 0;

    private static async Task<IReadOnlyList<Subscriber>> OthersAsync(Session session, PersonId by) =>
        (await session.Addresses.OpenWithRoleAsync(Role.Owner)).Where(one => one.Person != by).ToList();
}

public enum WipeOutcome
{
    Done,

    /// <summary>Confirmed, stopped, or an hour old.</summary>
    Over,

    NotYou,
    Yourself,
    TooNew,
}
