using System.Security.Cryptography;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// Something on file does not open, or cannot be worked on. The job goes on without it, and whoever runs the machine hears of it, once for each.
/// </summary>
public sealed partial class DamagedRow(Alerts alerting, ILogger<DamagedRow> logger)
{
    /// <param name="what">The table that it is in.</param>
    /// <param name="failure">Null: it does not open.</param>
    public async Task TellAsync(Session session, string what, Guid id, Exception? failure = null)
    {
        LogDamaged(what, id, RandomNumberGenerator.GetHexString(8), failure?.GetType().Name ?? "damaged", failure?.TargetSite?.Name ?? "?");
        // That nobody can be told must not undo what was done for the others.
        if (await session.TryAsync(() => RaiseAsync(session, what, id), CancellationToken.None) is { } again)
            LogNotTold(what, id, again.GetType().Name);
    }

    private async Task RaiseAsync(Session session, string what, Guid id)
    {
        var draft = new AlertDraft(
            null, AlertKind.RowDamaged, Severity.Urgent, $"damaged:{what}:{id:N}", new Line("problem.damaged", ("row", $"{what} {id}")));
        await alerting.RaiseAsync(
            session, draft,
            await session.Addresses.OpenWithRoleAsync(Role.Owner) is { Count: > 0 } owners ? owners : await Recipients.CoordinatorsAsync(session));
    }

    [LoggerMessage(LogLevel.Error, "The {Table} {Id} could not be worked on (code {Code}: {Failure} in {Place}); the others are")]
    private partial void LogDamaged(string table, Guid id, string code, string failure, string place);

    [LoggerMessage(LogLevel.Error, "Nobody could be told that the {Table} {Id} cannot be worked on ({Failure})")]
    private partial void LogNotTold(string table, Guid id, string failure);
}
