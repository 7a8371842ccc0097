using AlertBot.Desk.Frame;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Incidents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace AlertBot.Desk.Reports;

/// <summary>What is done on the card of a report, and its files.</summary>
internal static class ReportForms
{
    public static void Map(RouteGroupBuilder desk, RouteGroupBuilder posts)
    {
        Triage(posts, "verify", (VerifyIncident act, Session session, Incident incident, IFormCollection _) => act.RunAsync(session, incident.Id));
        Triage(posts, "detach", (DetachIncident act, Session session, Incident incident, IFormCollection _) => act.RunAsync(session, incident.Id));
        Triage(posts, "false-alarm", (RetractIncident act, Session session, Incident incident, IFormCollection _) =>
            act.FalseAlarmAsync(session, incident.Id));
        Spoken(posts, "correct", async (RetractIncident act, Session session, Incident incident, string words) =>
            Said(await act.CorrectAsync(session, incident.Id, words)));
        Triage(posts, "attach", (AttachIncident act, Session session, Incident incident, IFormCollection form) =>
            CaseCode.TryParse(form["code"], out var to) ? act.RunAsync(session, incident.Id, to) : Task.FromResult(TriageOutcome.NotFound));
        Triage(posts, "new-case", async (AttachIncident act, Session session, Incident incident, IFormCollection form) =>
            await act.ToNewCaseAsync(session, incident.Id, form["place"].ToString()) is null ? TriageOutcome.DoneBefore : TriageOutcome.Done);
        Triage(posts, "merge", async (RetractIncident act, Session session, Incident incident, IFormCollection form) =>
            IncidentCode.TryParse(form["of"], out var of) && await session.Incidents.FindAsync(of) is { } kept
                ? await act.DuplicateAsync(session, incident.Id, kept.Id)
                : TriageOutcome.NotFound);
        Triage(posts, "tell", async (TellWhom act, Session session, Incident incident, IFormCollection form) =>
            await act.RunAsync(session, incident.Id, form["whom"].ToString()) is null ? TriageOutcome.NotFound : TriageOutcome.Done);
        Act(posts, "take", async (TakeIncident act, Session session, Incident incident, IFormCollection _) =>
            await act.RunAsync(session, incident.Id) switch
            {
                TakeOutcome.Taken or TakeOutcome.YoursAlready => "done",
                TakeOutcome.NotAllowed => "refused",
                _ => "before",
            });
        Spoken(posts, "ask", async (AskReporter act, Session session, Incident incident, string words) =>
            await act.AskAsync(session, incident.Id, words) switch
            {
                AskOutcome.Asked => "asked",
                AskOutcome.NoContact => "no-contact",
                AskOutcome.Gone => "gone",
                _ => "refused",
            });
        Spoken(posts, "note", async (NoteOnIncident act, Session session, Incident incident, string words) =>
            await act.RunAsync(session, incident.Id, words) ? "done" : "refused");
        Act(posts, "close", async (CloseIncident act, Session session, Incident incident, IFormCollection form) =>
            Words.Read<Outcome>(form["outcome"]) is not { } outcome ? "refused" : await act.RunAsync(session, incident.Id, outcome) switch
            {
                CloseOutcome.Closed => "done",
                CloseOutcome.Proposed => "proposed",
                CloseOutcome.NotAllowed => "refused",
                _ => "before",
            });
        Act(posts, "reopen", async (ReopenIncident act, Session session, Incident incident, IFormCollection _) =>
            await act.RunAsync(session, incident.Id) switch
            {
                ReopenOutcome.Open => "done",
                ReopenOutcome.OpenBefore => "before",
                ReopenOutcome.TooLate => "late",
                _ => "refused",
            });
        desk.MapGet("/reports/{code}/file/{id}", GiveAsync);
    }

    private static void Triage<TAct>(
        RouteGroupBuilder posts, string name, Func<TAct, Session, Incident, IFormCollection, Task<TriageOutcome>> run)
        where TAct : class => Act<TAct>(posts, name, async (act, session, incident, form) => Said(await run(act, session, incident, form)));

    // What is too long for the chat is too long here: it is read there.
    private static void Spoken<TAct>(RouteGroupBuilder posts, string name, Func<TAct, Session, Incident, string, Task<string>> run)
        where TAct : class => Act<TAct>(posts, name, async (act, session, incident, form) =>
            DeskActs.Words(form, "words", CoordinatorWords.Longest) is var (words, problem) && words is null
                ? problem
                : await run(act, session, incident, words));

    private static string Said(TriageOutcome outcome) => outcome switch
    {
        TriageOutcome.Done => "done",
        TriageOutcome.DoneBefore or TriageOutcome.Closed => "before",
        _ => "refused",
    };

    private static void Act<TAct>(RouteGroupBuilder posts, string name, Func<TAct, Session, Incident, IFormCollection, Task<string>> run)
        where TAct : class => posts.MapPost("/reports/{code}/" + name, (string code, HttpContext context, DeskActs acts, TAct act) => acts.RunAsync(
            context,
            IncidentCode.TryParse(code, out var read) ? $"/console/reports/{read.Text}" : "/console/reports",
            async (session, form) => await IncidentAccess.FindAsync(session, read) is { } incident
                ? await run(act, session, incident, form)
                : "refused"));

    private static async Task<IResult> GiveAsync(string code, string id, HttpContext context, ConsoleSessions sessions, Database database)
    {
        if (await sessions.FindAsync(context) is not { Person: var person })
            return Results.Redirect(ConsoleEndpoints.SignIn);
        if (!IncidentCode.TryParse(code, out _) || !Guid.TryParseExact(id, "N", out var wanted))
            return Results.NotFound();

        await using var session = await database.BeginAsync(Actor.Of(person), context.RequestAborted);
        var file = await OpenFile.RunAsync(session, wanted);
        await session.CommitAsync(context.RequestAborted);
        if (file is null)
            return Results.NotFound();

        // Nothing in it runs, wherever a browser shows it.
        context.Response.Headers[HeaderNames.ContentSecurityPolicy] = "default-src 'none'; sandbox";
        return file.ShownAs is { } type
            ? Results.File(file.Content, type)
            : Results.File(file.Content, "application/octet-stream", "file.bin");
    }
}
