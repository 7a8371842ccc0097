using System.Text;
using AlertBot.Desk.Frame;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Subscribing;
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
        posts.MapPost("/cases/{code}/spellings/add", (string code, HttpContext context, DeskActs acts, ChangeCase change) => acts.RunAsync(
            context, PageOf(code), (session, form) => AddNamesAsync(session, code, form["names"], change)));
        posts.MapPost("/cases/{code}/spellings/remove", (string code, HttpContext context, DeskActs acts, ChangeCase change) => acts.RunAsync(
            context, PageOf(code), async (session, form) => Guid.TryParseExact(form["spelling"], "N", out var id)
                ? await ChangeAsync(session, code, change, CaseChange.None with { Gone = [new CaseNameId(id)] })
                : "refused"));
        posts.MapPost("/cases/{code}/follow-as", (string code, HttpContext context, DeskActs acts, FollowAs follow) => acts.RunAsync(
            context, PageOf(code), async (session, form) => CaseCode.TryParse(code, out var read)
                && Guid.TryParseExact(form["follower"], "N", out var id)
                && await follow.RunAsync(session, read, new AddressId(id), Words.Read<CasePart>(form["part"])) == Subscribed.Done
                    ? "done"
                    : "refused"));
        desk.MapGet("/cases/{code}/export.{form}", GiveAsync);
    }

    private static async Task<string> AddNamesAsync(Session session, string code, string? typed, ChangeCase change)
    {
        var (names, problem) = NewCaseForm.Spellings(typed);
        if (problem is not null)
            return problem.Key switch
            {
                "talk.too-long" => $"too-long.{NewCaseTalk.NameLimit}",
                "newcase.too-many-names" => $"too-many-names.{NewCaseTalk.MostNames}",
                _ => "no-name",
            };
        if (!CaseCode.TryParse(code, out var read) || await CaseAccess.FindAsync(session, read) is not { } file)
            return "refused";

        var known = (await session.Desk.SpellingsAsync(file.Id, NewCaseTalk.MostNames)).Select(one => one.Name?.Reveal()).ToHashSet();
        var added = names.Where(name => !known.Contains(name)).Select(name => new PersonName(name)).ToList();
        return added.Count == 0 ? "before"
            : known.Count + added.Count > NewCaseTalk.MostNames ? $"too-many-names.{NewCaseTalk.MostNames}"
            : await ChangeAsync(session, code, change, CaseChange.None with { Names = added });
    }

    private static async Task<string> ChangeAsync(Session session, string code, ChangeCase change, CaseChange what) =>
        CaseCode.TryParse(code, out var read) && await change.RunAsync(session, read, what) is ({ }, _) ? "saved" : "refused";

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
