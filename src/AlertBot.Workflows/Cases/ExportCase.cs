using System.Globalization;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Deadlines;
using CsvHelper;
using CsvHelper.Configuration;

namespace AlertBot.Workflows.Cases;

/// <summary>Takes a case out of the program as a file. Every time stands in the audit log: from then on nobody knows who reads it.</summary>
public sealed class ExportCase(CalendarFeed calendar)
{
    /// <summary>The whole case, as <c>alertbot case import</c> reads it.</summary>
    /// <returns>Null when the actor may not see the case, or there is none.</returns>
    public async Task<string?> JsonAsync(Session session, CaseCode code) => await FindAsync(session, code, "json") is { } file
        ? CaseDocument.Write(file, await session.Cases.NamesAsync(file.Id))
        : null;

    /// <summary>Its open dates as a table: codes and rules, nothing that names anybody.</summary>
    /// <inheritdoc cref="JsonAsync"/>
    public async Task<string?> CsvAsync(Session session, CaseCode code)
    {
        if (await FindAsync(session, code, "csv") is not { } file)
            return null;

        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        // Excel would take what begins with = for a formula.
        await using var table = new CsvWriter(
            text, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape });
        foreach (var head in new[] { "case", "kind", "rule", "earliest", "latest", "zone", "state", "confirmed" })
            table.WriteField(head);
        await table.NextRecordAsync();
        foreach (var one in (await session.Deadlines.OfAsync([file.Id]))[file.Id].Select(stored => stored.Deadline))
        {
            if (!ChangeAlert.IsDate(one))
                continue;
            table.WriteField(file.Code.Text);
            table.WriteField(Configuration.Words.Snake(one.Kind.ToString()));
            table.WriteField(one.RuleId);
            table.WriteField(one.Limit.Earliest.LocalText);
            table.WriteField(one.Limit.Latest.LocalText);
            table.WriteField(one.Limit.Earliest.Zone.Id);
            table.WriteField(Configuration.Words.Snake(one.State.ToString()));
            table.WriteField(one.IsConfirmed);
            await table.NextRecordAsync();
        }

        await table.FlushAsync();
        return text.ToString();
    }

    /// <summary>Its open dates as a calendar.</summary>
    /// <inheritdoc cref="JsonAsync"/>
    public async Task<string?> IcsAsync(Session session, CaseCode code, string language) => await FindAsync(session, code, "ics") is { } file
        ? await calendar.OfCaseAsync(session, file, language)
        : null;

    private static async Task<CaseFile?> FindAsync(Session session, CaseCode code, string form)
    {
        if (await CaseAccess.FindAsync(session, code, withDetail: true) is not { } file)
            return null;
        await session.Audit.AddAsync(session.Actor.Id, AuditAct.CaseExported, file.Id.Value, form);
        return file;
    }
}
