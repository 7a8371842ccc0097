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
    /// <param name="isOfPerson">True: the id is a person's or an account's, and stays out of log and message.</param>
    public async Task TellAsync(Session session, string what, Guid id, Exception? failure = null, bool isOfPerson = false)
    {
        var code = RandomNumberGenerator.GetHexString(8);
        var row = isOfPerson ? $"{what} {code}" : $"{what} {id}";
        LogDamaged(row, code, failure?.GetType().Name ?? "damaged", failure?.TargetSite?.Name ?? "?");
        // That nobody can be told must not undo what was done for the others.
        if (await session.TryAsync(() => RaiseAsync(session, $"damaged:{what}:{id:N}", row), CancellationToken.None) is { } again)
            LogNotTold(row, again.GetType().Name);
    }

    private async Task RaiseAsync(Session session, string once, string row)
    {
        var draft = new AlertDraft(null, AlertKind.RowDamaged, Severity.Urgent, once, new Line("problem.damaged", ("row", row)));
        await alerting.RaiseAsync(
            session, draft,
            await session.Addresses.OpenWithRoleAsync(Role.Owner) is { Count: > 0 } owners ? owners : await Recipients.CoordinatorsAsync(session));
    }

    [LoggerMessage(LogLevel.Error, "The {Row} could not be worked on (code {Code}: {Failure} in {Place}); the others are")]
    private partial void LogDamaged(string row, string code, string failure, string place);

    [LoggerMessage(LogLevel.Error, "Nobody could be told that the {Row} cannot be worked on ({Failure})")]
    private partial void LogNotTold(string row, string failure);
}
