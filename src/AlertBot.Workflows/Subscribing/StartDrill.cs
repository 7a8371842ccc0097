using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Subscribing;

/// <summary>
/// A coordinator tries the way of an alert with people who are told that it is a drill. It goes where an urgent alert would go, quiet hours or
/// not; after ten minutes they read who answered, and how fast.
/// </summary>
public sealed class StartDrill(Alerts alerting)
{
    public const string Me = "me";
    public const string OnCall = "oncall";

    /// <summary>Before the id of a group.</summary>
    public const string Group = "group.";

    public static readonly Duration Lasts = Duration.FromMinutes(10);

    /// <returns>Null when there is no such case, or no such word.</returns>
    public static async Task<IReadOnlyList<Subscriber>?> ToAsync(Session session, string whom) => whom switch
    {
        Me => session.Actor.Id is { } me ? await session.Addresses.OpenOfAsync([me]) : null,
        OnCall => await session.Addresses.OpenOfAsync((await session.OnCall.RotaAsync()).People),
        Say.All => null,
        _ when whom.StartsWith(Group, StringComparison.Ordinal) => Guid.TryParseExact(whom[Group.Length..], "N", out var id)
            ? (await session.Subscriptions.GroupsAsync()).Where(group => group.Address.Value == id).ToList()
            : null,
        _ => await Say.ToAsync(session, whom),
    };

    /// <returns>How many people and groups are told; null when the actor may not, or nobody would be.</returns>
    public async Task<(int People, int Groups)?> RunAsync(Session session, string whom)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || session.Actor.Id is not { } by
            || await ToAsync(session, whom) is not { Count: > 0 } to)
            return null;

        var id = AlertId.New();
        var @case = CaseCode.TryParse(whom, out var code) ? await session.Cases.FindAsync(code) : null;
        var draft = new AlertDraft(@case?.Id, AlertKind.Drill, Severity.Urgent, $"drill:{id.Value:N}", new Line(
            "drill.told", ("code", @case?.Code.Text ?? "")))
        {
            Id = id,
            Buttons = [[("drill.here", $"{DrillCommand.Word}:here:{id.Value:N}")]],
        };
        await alerting.RaiseAsync(session, draft, to);
        await session.Drills.BeginAsync(id, by, session.Now + Lasts);
        await session.Audit.AddAsync(by, new AuditAct("drill"), @case?.Id.Value, @case is null ? whom.Split('.')[0] : null);
        return Say.Counted(to);
    }
}
