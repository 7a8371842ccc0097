using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// Sends an alert that a person, or a program of theirs, wrote to the followers of a case. Programs may send ten urgent ones of one maker within ten
/// minutes: nobody reads more, and what people report must not drown in them.
/// </summary>
public sealed class SendAlert(Alerts alerting)
{
    public const int MostUrgent = 10;

    public static readonly Duration Within = Duration.FromMinutes(10);

    private const string Code = "alert.send";

    private static readonly AuditAct Act = new(Code);

    public async Task<SentAlert> RunAsync(Session session, CaseCode code, AlertKind kind, Severity severity, string text)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Cases.FindAsync(code) is not { } file)
            return new SentAlert.NotAllowed();
        var isUrgentOfProgram = session.Actor.Token is not null && severity >= Severity.Urgent;
        if (isUrgentOfProgram)
            await session.ApiTokens.CountAloneAsync(session.Actor.Id!.Value);
        var before = isUrgentOfProgram ? await UrgentAsync(session) : [];
        if (before.Count >= MostUrgent)
            return new SentAlert.TooMany(before[MostUrgent - 1] + Within);

        var id = AlertId.New();
        var draft = new AlertDraft(
            file.Id, kind, severity, $"manual:{id.Value:N}", new Line("alert.manual", ("code", file.Code.Text), ("text", text)))
        {
            Id = id,
            IsByProgram = session.Actor.Token is not null,
        };
        await alerting.RaiseAsync(session, draft, (await Recipients.OfAsync(session, [file.Id]))(file.Id));
        await session.Audit.AddAsync(session.Actor.Id, Act, file.Id.Value, isUrgentOfProgram ? UrgentOf(kind) : kind.Code);
        if (before.Count == MostUrgent - 1)
            await TellManyAsync(session, before.Append(session.Now).Min() + Within);
        return new SentAlert.Sent(id);
    }

    private static string UrgentOf(AlertKind kind) => kind.Code + ":urgent";

    // Newest first.
    private static async Task<IReadOnlyList<Instant>> UrgentAsync(Session session) =>
        (await session.Audit.ByAsync(session.Actor.Id!.Value, session.Now - Within, [Act]))
        .Where(entry => entry.Token is not null && entry.Detail?.EndsWith(":urgent", StringComparison.Ordinal) == true)
        .Select(entry => entry.At).ToList();

    // What is refused leaves no trace, so it is said with the last one that is let through.
    private async Task TellManyAsync(Session session, Instant until)
    {
        if (session.Actor.Person is not { } maker)
            return;
        var draft = new AlertDraft(
            null, AlertKind.TokenFlood, Severity.Urgent, $"token-flood:{maker.Id.Value:N}:{session.Now.ToUnixTimeSeconds()}",
            new Line(
                "token.many", ("role", maker.Role), ("sign", maker.Shown), ("count", MostUrgent), ("at", until.InUtc())))
        {
            Buttons = [[("freeze.look-at-them", $"freeze:who.{maker.Id.Value:N}")]],
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session));
    }
}

public abstract record SentAlert
{
    private SentAlert() { }

    public sealed record Sent(AlertId Id) : SentAlert;

    /// <summary>The actor may not, or there is no such case.</summary>
    public sealed record NotAllowed : SentAlert;

    /// <param name="Until">When there is room for the next one.</param>
    public sealed record TooMany(Instant Until) : SentAlert;
}
