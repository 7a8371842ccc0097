using AlertBot.Domain.Cases;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Importing;

/// <summary>Reads a file that somebody brings in: of each line, what is to be done.</summary>
public sealed class ReadImport(ImportPeople people, ImportCase cases, ImportHearing hearings)
{
    public const int MostBytes = 2 << 20;
    public const int MostLines = 5_000;

    internal ImportPlan Read(Import import, byte[] file, Instant now)
    {
        if (FileText.IsWorkbook(file))
            return ImportPlan.Refused("import.workbook");
        var text = FileText.Read(file);
        if (string.IsNullOrWhiteSpace(text))
            return ImportPlan.Refused("import.empty");

        var plan = import.Kind switch
        {
            ImportKind.People => People(text),
            ImportKind.Cases => Cases(text, import.Choices, now),
            _ => Hearings(text, import.Choices, now),
        };
        return plan.Rows.Count > MostLines ? ImportPlan.Refused("import.too-many", ("limit", MostLines))
            : plan is { Rows.Count: 0, Problem: null } ? ImportPlan.Refused("import.empty")
            : plan;
    }

    private ImportPlan People(string text)
    {
        var table = CsvTable.Read(text, ImportPeople.Columns);
        if (Missing(table, PeopleList.Needed, ImportPeople.Columns) is { } missing)
            return missing;
        return new ImportPlan(
            PeopleList.Of(table).Select(line => new ImportRow(line.Number, KeyOf(line), session => AddAsync(session, line))).ToList(), Unread(table));
    }

    private ImportPlan Cases(string text, ImportChoices choices, Instant now)
    {
        var table = CsvTable.Read(text, CaseList.Known);
        if (table.Columns is null || !table.Columns.Any(column => column is "names" or "name"))
            return ImportPlan.Refused("import.columns", ("missing", "names"), ("columns", string.Join(", ", CaseList.Columns)));

        var list = new CaseList(cases.Jurisdictions, now) { Zone = choices.Zone, Laws = choices.Laws };
        Dictionary<string, CaseId>? twins = null;
        return new ImportPlan(
            table.Rows.Select(row =>
            {
                var (document, problem) = list.Read(row);
                return new ImportRow(row.Number, document is null ? null : ImportCase.KeyOf(document.Names), async session => document is null
                    ? new ImportedRow(ImportOutcome.Refused, problem!)
                    : await OpenAsync(session, document, twins ??= await ImportCase.TwinsAsync(session)));
            }).ToList(),
            Unread(table));
    }

    private ImportPlan Hearings(string text, ImportChoices choices, Instant now)
    {
        // Reading them takes its time: too many are refused before.
        if (HearingList.Count(text) > MostLines)
            return ImportPlan.Refused("import.too-many", ("limit", MostLines));
        if (HearingList.Read(text, now) is not { } lines)
            return ImportPlan.Refused("import.no-calendar");
        CaseCode? usual = CaseCode.TryParse(choices.Case, out var code) ? code : null;
        return new ImportPlan(lines.Select(line => new ImportRow(
            line.Number, line.Times.Count == 0 ? null : $"{line.Code ?? usual} {string.Join(' ', line.Times)}",
            session => hearings.RunAsync(session, line, usual))).ToList());
    }

    private static string? KeyOf(PeopleLine line) => ImportPeople.AddressOf(line.Fields) is { } at ? $"{at.Channel} {at.Value}" : null;

    private static ImportPlan? Missing(CsvTable table, IReadOnlyList<string> needed, IReadOnlyList<string> columns) =>
        table.Columns is not null && needed.Except(table.Columns).ToList() is { Count: > 0 } missing
            ? ImportPlan.Refused("import.columns", ("missing", string.Join(", ", missing)), ("columns", string.Join(", ", columns)))
            : null;

    private static Line? Unread(CsvTable table) =>
        table.Unknown.Count > 0 ? new Line("import.unread", ("words", string.Join(", ", table.Unknown))) : null;

    private async Task<ImportedRow> AddAsync(Session session, PeopleLine line)
    {
        var result = await people.LineAsync(session, line.Fields);
        if (!result.Done)
            return new ImportedRow(ImportOutcome.Refused, result.Said);

        return new ImportedRow(result.IsNews ? ImportOutcome.Adds : ImportOutcome.There, result.Said, result.Made);
    }

    private async Task<ImportedRow> OpenAsync(Session session, CaseDocument document, Dictionary<string, CaseId> twins)
    {
        if (CaseCode.TryParse(document.Code, out var wanted) && await session.Cases.FindAsync(wanted) is not null)
            return ImportedRow.There("import.code-there", ("code", wanted.Text));
        var key = ImportCase.KeyOf(document.Names);
        if (twins.TryGetValue(key, out var twin))
            return ImportedRow.There("import.twin", ("code", (await session.Cases.CodesAsync([twin]))[0].Text));
        var (file, problem) = await cases.RunAsync(session, document);
        if (file is null)
            return ImportedRow.Refused("import.other", ("why", problem ?? ""));

        twins[key] = file.Id;
        return new ImportedRow(
            ImportOutcome.Adds, new Line("import.case", ("code", file.Code.Text), ("count", file.Events.Count)),
            new ImportMade { Case = file.Id.Value, Events = file.Events.Select(@event => @event.Id.Value).ToList() })
        {
            Before = new Line("import.case-new", ("count", file.Events.Count)),
        };
    }
}
