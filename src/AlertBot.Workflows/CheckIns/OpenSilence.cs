using System.Globalization;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using AlertBot.Workflows.Reports;

namespace AlertBot.Workflows.CheckIns;

/// <summary>
/// Turns a silence into an incident: a report that nobody told, under the name that the person chose. Coordinators decide what it is. Reports of
/// witnesses about the same name join it, and the person can delete it like their own reports.
/// </summary>
public sealed class OpenSilence(SendReport send)
{
    /// <param name="isDuress">True after the word of duress: nothing on the phone may show that we know.</param>
    /// <returns>The incident to which it belongs.</returns>
    public async Task<IncidentId?> RunAsync(Session session, CheckIn one, Person person, CancellationToken ct, bool isDuress = false)
    {
        if (await session.Addresses.OfAsync(person.Id) is not [var from, ..])
            return null;

        var asked = (one.AskedAt ?? session.Now).InZone(person.Zone).LocalDateTime;
        var content = new ReportContent
        {
            Kind = isDuress ? ReportKind.Threatened : ReportKind.Other,
            IsSilence = true,
            IsDuress = isDuress,
            Who = one.Called?.Reveal(),
            When = asked.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture),
            WhenRead = asked.ToString("uuuu-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            WhenPrecision = Precision.Exact,
            MayContact = !isDuress,
        };
        var id = await session.Reports.BeginAsync(from.Id, person.Language, content);
        if (await session.Reports.FindAsync(id) is not { } report)
            throw new InvalidOperationException("A report vanished in the middle of an act.");

        // Its receipt is shown to nobody, because somebody who holds the phone would see it too. The account itself can delete it without one.
        await send.RunAsync(session, report, isIncomplete: false, ct);
        if (isDuress)
            await session.Reports.DetachAsync(id);
        return (await session.Reports.FindAsync(id))?.Incident;
    }
}
