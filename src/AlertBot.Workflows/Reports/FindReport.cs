using System.Text.RegularExpressions;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>Finds a report by its receipt, from any account. After too many wrong receipts the answer is always that there is none.</summary>
public sealed partial class FindReport
{
    /// <summary>After this many wrong receipts from one address no more are looked up.</summary>
    public const int MostWrongReceipts = 5;

    private const string Kind = "receipt";
    private static readonly Duration Memory = Duration.FromHours(1);

    /// <summary>Splits what was typed after a command into a receipt, or something meant as one, and the rest.</summary>
    public static (string? Receipt, string After) Split(string arguments)
    {
        var match = Written().Match(arguments);
        return match.Success ? (match.Value, arguments[match.Length..].Trim()) : (null, arguments.Trim());
    }

    public async Task<Report?> RunAsync(Session session, string typed, Address here)
    {
        if (await session.WrongCodes.CountAsync(here.Id, Kind, session.Now - Memory) >= MostWrongReceipts)
            return null;
        if (Receipt.TryParse(typed, out var receipt) && await session.Reports.FindAsync(receipt) is { State: not ReportState.Withdrawn } report)
        {
            if (report.IsOfOldKey && report.From == here.Id)
                await session.Reports.KeepForNewKeyAsync(report.Id);
            return report;
        }

        await session.WrongCodes.AddAsync(here.Id, Kind);
        return null;
    }

    // Sixteen digits with blanks or dashes between them, or so many digits that nothing else can be meant.
    [GeneratedRegex(@"^\s*(?:(?:\d[\s–.-]*){16}(?!\d)|(?:\d[ –.-]?){10,})")]
    private static partial Regex Written();
}
