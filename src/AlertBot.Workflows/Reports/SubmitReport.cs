using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Configuration;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// A program sends a report. It is one of the account of whoever made the program's token, whoever wrote it: gathered, verified and held back in
/// a flood like any other, and one voice with all that this person reports.
/// </summary>
public sealed class SubmitReport(SendReport send)
{
    /// <returns>Its incident and receipt; null when the actor may not, or has no account.</returns>
    public async Task<(IncidentCode? Incident, Receipt Receipt)?> RunAsync(Session session, SubmittedReport told, CancellationToken ct)
    {
        if (session.Actor.Person is not { IsFrozen: false } person || await session.Addresses.OfAsync(person.Id) is not [var from, ..])
            return null;

        var id = await session.Reports.BeginAsync(
            from.Id, person.Language, ContentOf(told, session.Now, ReportConversation.ZoneOr(person.Zone)));
        if (await session.Reports.FindAsync(id) is not { } report
            || await send.RunAsync(session, report, isIncomplete: false, ct) is not { } receipt)
            throw new InvalidOperationException("A report vanished in the middle of an act.");

        await session.Audit.AddAsync(person.Id, new AuditAct("report.submit"), id.Value);
        return ((await session.Reports.FindAsync(id))?.Incident is { } incident && await session.Incidents.FindAsync(incident) is { } known
            ? known.Code
            : null, receipt);
    }

    // Each answer is read as if the conversation had asked for it.
    private static ReportContent ContentOf(SubmittedReport told, Instant now, DateTimeZone zone)
    {
        var telling = ReportTalk.BeginWith(0, new Heard.Told(told.Text, told.Point) { IsForward = told.IsForward }, now, zone).Next;
        void Say(TellingAt at, string? answer)
        {
            if (!string.IsNullOrWhiteSpace(answer))
                telling = ReportTalk.Answer(telling with { At = at }, new Heard.Told(answer), now, zone).Next;
        }

        void Choose(TellingAt at, string? choice)
        {
            if (choice is not null)
                telling = ReportTalk.Answer(telling with { At = at }, new Heard.Pressed(telling.Turn, choice), now, zone).Next;
        }

        Choose(TellingAt.Kind, told.Kind is { } kind ? Words.Snake(kind.ToString()) : null);
        Say(TellingAt.Who, told.Who);
        Say(TellingAt.Where, told.Where);
        Say(TellingAt.When, told.When);
        Choose(TellingAt.ByWhom, told.ByWhom is { } by ? Words.Snake(by.ToString()) : null);
        Choose(TellingAt.Witness, told.Witness is { } witness ? Words.Snake(witness.ToString()) : null);
        Choose(TellingAt.Contact, told.MayContact is { } may ? (may ? "yes" : "no") : null);
        return telling.Content;
    }
}

/// <summary>A report as a program sends it. Prints as a mask.</summary>
/// <param name="IsForward">Passed on, and not told by a witness.</param>
public sealed record SubmittedReport(string Text, GeoPoint? Point, bool IsForward)
{
    public ReportKind? Kind { get; init; }

    public string? Who { get; init; }

    public string? When { get; init; }

    public string? Where { get; init; }

    public TakenBy? ByWhom { get; init; }

    public Witness? Witness { get; init; }

    public bool? MayContact { get; init; }

    public override string ToString() => "(submitted report)";
}
