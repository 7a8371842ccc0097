using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Importing;
using AlertBot.Workflows.Texts;

namespace AlertBot.Cli;

/// <summary><c>case import</c> of a table: many cases, one a line. A line that is refused keeps out no other.</summary>
/// <param name="again">Opens cases of the same names too.</param>
internal sealed class CaseTable(string file, bool again, bool json)
{
    // A case file is an object, and a table begins with the name of a column.
    public static bool IsTable(string text) => text.AsSpan().TrimStart() is [not '{' and not '[' and not '/', ..]
        && CsvTable.Read(text, CaseList.Known).Columns is not null;

    public Task<int> RunAsync(string text, string zone, string laws, CancellationToken ct)
    {
        var table = CsvTable.Read(text, CaseList.Known);
        if (table.Unknown.Count > 0)
            Output.Complain($"{file}: columns that are not read: {string.Join(", ", table.Unknown)}");
        return Output.WithStorageAsync((ground, storage) => RunAsync(ground, storage, table, zone, laws, ct), ct);
    }

    private async Task<int> RunAsync(Ground ground, Storage storage, CsvTable table, string zone, string laws, CancellationToken ct)
    {
        using var waiting = Waiting.BesideLines("opening cases");
        var import = new ImportCase(
            new CaseWatch(ground.Law, ground.Policies.Reminders, ground.Policies.Questions), ground.Law, new OpenCase(),
            new TellReminders(new Alerts(ground.Texts), new WhatMustBeDone(ground.Law, ground.Texts)));
        var (done, bad) = (0, 0);
        foreach (var row in table.Rows)
        {
            await using var session = await storage.Database.BeginAsync(Actor.Operator, ct);
            var list = new CaseList(import.Jurisdictions, session.Now) { Zone = zone, Laws = laws };
            var (document, problem) = list.Read(row);
            var (code, refused) = document is null ? (null, Said(ground, problem!)) : await OpenAsync(import, session, document);
            if (code is not null)
                await session.CommitAsync(ct);
            (done, bad) = code is null ? (done, bad + 1) : (done + 1, bad);
            if (json)
                Output.Json(new { line = row.Number, code, refused });
            else
                Output.Line($"line {row.Number}: {code ?? refused}");
            waiting.Has(done + bad, table.Rows.Count);
        }

        if (!json)
            Output.Line($"{done} done, {bad} refused");
        return bad == 0 ? CommandLine.Done : CommandLine.Failed;
    }

    private async Task<(string? Code, string? Refused)> OpenAsync(ImportCase import, Postgres.Session session, CaseDocument document)
    {
        if (!again && await import.TwinOfAsync(session, document) is { } twin)
            return (null, $"there is a case of the same names already: {twin}; --again opens another");
        var (opened, problem) = await import.RunAsync(session, document);
        return (opened?.Code.Text, problem);
    }

    private static string Said(Ground ground, Line line) => line.In(TextCatalog.FallbackLanguage, ground.Texts).Plain;
}
