using System.Security.Cryptography;
using AlertBot.Postgres;
using Microsoft.Extensions.Logging;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// Something on file does not open, or cannot be worked on. The job goes on without it, and whoever runs the machine hears of it, once for each
/// (<see cref="TellDamaged"/>).
/// </summary>
public sealed partial class DamagedRow(ILogger<DamagedRow> logger)
{
    /// <summary>It is told of once the act is committed.</summary>
    /// <param name="what">The table that it is in.</param>
    /// <param name="failure">Null: it does not open.</param>
    /// <param name="isOfPerson">True: the id is a person's or an account's, and stays out of log and message.</param>
    public Task TellAsync(Session session, string what, Guid id, Exception? failure = null, bool isOfPerson = false)
    {
        var code = RandomNumberGenerator.GetHexString(8);
        var row = isOfPerson ? $"{what} {code}" : $"{what} {id}";
        LogDamaged(row, code, failure?.GetType().Name ?? "damaged", failure?.TargetSite?.Name ?? "?");
        session.Damaged.Note(what, id, row);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Error, "The {Row} could not be worked on (code {Code}: {Failure} in {Place}); the others are")]
    private partial void LogDamaged(string row, string code, string failure, string place);
}
