using System.Text;
using AlertBot.Desk.Frame;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Cases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Desk.Cases;

/// <summary>What is done on the page of a case, and the files that it gives out.</summary>
internal static class CaseForms
{
    public static void Map(RouteGroupBuilder desk, RouteGroupBuilder posts)
    {
        posts.MapPost("/cases/{code}/confirm", (string code, HttpContext context, DeskActs acts, RecordEvent record) => acts.RunAsync(
            context, PageOf(code), async (session, form) => !Guid.TryParseExact(form["event"], "N", out var id)
                ? "refused"
                : await record.ConfirmAsync(session, new EventId(id)) switch
                {
                    Confirmation.Done => "confirmed",
                    Confirmation.DoneBefore => "before",
                    Confirmation.NeedsAnother => "another",
                    _ => "refused",
                }));
        posts.MapPost("/cases/{code}/follow", (string code, HttpContext context, DeskActs acts, FollowUpDate follow) => acts.RunAsync(
            context, PageOf(code), async (session, form) =>
            {
                if (!Guid.TryParseExact(form["date"], "N", out var id) || await follow.FindAsync(session, new DeadlineId(id)) is not { } date)
                    return "refused";
                await follow.FollowAsync(session, date);
                return "followed";
            }));
        desk.MapGet("/cases/{code}/export.{form}", GiveAsync);
    }

    private static string PageOf(string code) => CaseCode.TryParse(code, out var read) ? $"/console/cases/{read.Text}" : "/console/cases";

    private static async Task<IResult> GiveAsync(
        string code, string form, HttpContext context, ConsoleSessions sessions, Database database, ExportCase export)
    {
        if (await sessions.FindAsync(context) is not { Person: var person })
            return Results.Redirect(ConsoleEndpoints.SignIn);
        if (!CaseCode.TryParse(code, out var read))
            return Results.NotFound();

        await using var session = await database.BeginAsync(Actor.Of(person), context.RequestAborted);
        var (text, type) = form switch
        {
            "json" => (await export.JsonAsync(session, read), "application/json"),
            "csv" => (await export.CsvAsync(session, read), "text/csv"),
            "ics" => (await export.IcsAsync(session, read, person.Language), "text/calendar"),
            _ => (null, ""),
        };
        await session.CommitAsync(context.RequestAborted);
        return text is null ? Results.NotFound() : Results.File(Encoding.UTF8.GetBytes(text), type + "; charset=utf-8", $"{read.Text}.{form}");
    }
}
