using System.Globalization;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;

namespace AlertBot.Desk.Api;

/// <summary><c>/cases</c>: a program reads codes and dates, and puts facts on file.</summary>
internal static class CaseRoutes
{
    private const int Most = 200;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cases", (HttpContext context, ApiActs acts, ReadDates dates, string? status, string? skip, string? limit) => acts.ReadAsync(
                context, session => ListAsync(session, dates, status, skip, limit)))
            .Gives<CasesGiven>(ApiScope.Dates, "List cases by their next date", "Codes only: no name is in any answer of this API.");
        api.MapGet("/cases/{code}/dates", (string code, HttpContext context, ApiActs acts, ReadDates dates) => acts.ReadAsync(
                context, session => DatesAsync(session, dates, code)))
            .Gives<DatesGiven>(
                ApiScope.Dates, "Read the dates ahead of a case",
                "Every date has two ends. Be warned by the earliest; only after the latest one is it surely over.");
        api.MapPost("/cases/{code}/events", (string code, HttpContext context, ApiActs acts, RecordEvent record, LawBook law) =>
                acts.RunAsync<NewEvent>(context, (session, body) => RecordAsync(session, code, body, record, law)))
            .Does<NewEvent, EventGiven>(
                ApiScope.Events, "Put a fact on the file of a case",
                "Its clocks start, stop or move, and those who follow the case are told. A date that starts or stops clocks wants a second person.");
    }

    private static async Task<ApiAnswer> ListAsync(Session session, ReadDates dates, string? status, string? skip, string? limit)
    {
        if (status is not null && Words.Read<CaseStatus>(status) is null)
            return ApiProblem.Field("status", $"use {Words.Either(Words.Of<CaseStatus>())}");
        if (!IsNumber(skip, 0, int.MaxValue / 2, out var from))
            return ApiProblem.Field("skip", "a number, 0 for the first ones");
        if (!IsNumber(limit, Most, Most, out var most) || most < 1)
            return ApiProblem.Field("limit", $"a number from 1 to {Most}");

        var found = await dates.ListAsync(session, Words.Read<CaseStatus>(status), from, most + 1);
        return ApiAnswer.Done(new CasesGiven(
            found.Take(most).Select(one => new CaseGiven(
                one.Code.Text, Words.Snake(one.Status.ToString()), one.Jurisdictions, one.Kind is { } kind ? Words.Snake(kind.ToString()) : null,
                one.Next is { } next ? EndOf(next) : null)).ToList(),
            found.Count > most));
    }

    private static async Task<ApiAnswer> DatesAsync(Session session, ReadDates dates, string code) =>
        CaseCode.TryParse(code, out var read) && await dates.OfAsync(session, read) is var (file, next)
            ? ApiAnswer.Done(new DatesGiven(
                file.Code.Text, Words.Snake(file.Status.ToString()), file.Zone.Id, next.Select(GivenOf).ToList()))
            : ApiProblem.NoCase;

    private static async Task<ApiAnswer> RecordAsync(Session session, string code, NewEvent body, RecordEvent record, LawBook law)
    {
        if (!CaseCode.TryParse(code, out var read) || await CaseAccess.FindAsync(session, read) is not { } file)
            return ApiProblem.NoCase;
        // Recording at once is for coordinators, as in the chat, where an advocate proposes.
        if (!session.Actor.MayActAs(Role.Coordinator))
            return ApiProblem.NotYours;
        // Joining two cases shows first what it will join: in the chat.
        var kinds = EventMenu.Groups.SelectMany(group => group.Kinds).Where(kind => kind != JoinCases.Merge.Code).ToList();
        if (!kinds.Contains(body.Kind))
            return ApiProblem.Field("kind", $"there is no such kind{Nearest.Hint(body.Kind, kinds)}");
        var states = law.Rules.Select(rule => rule.Jurisdiction).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (body.Jurisdiction is { } state && !states.Contains(state))
            return ApiProblem.Field("jurisdiction", $"unknown; known are {string.Join(", ", states)}");
        if (body.About is { } about && file.Events.All(one => one.Id.Value != about))
            return ApiProblem.Field("about", "no event of this case has that id");
        foreach (var (name, text, most) in new[]
        {
            ("body", body.Body, 20), ("place", body.Place, 300), ("source", body.Source, 300), ("authority", body.Authority, 300),
            ("note", body.Note, 2000),
        })
        {
            if (text?.Length > most)
                return ApiProblem.Field(name, $"at most {most} characters");
        }

        var (@event, problem) = DraftOf(body).Read(file.Zone, session.Now);
        if (@event is null)
            return new ApiProblem(StatusCodes.Status422UnprocessableEntity, "event", "The event is wrong", problem!);
        @event = @event with { About = body.About is { } decision ? new EventId(decision) : null };
        if (await record.RunAsync(session, file.Id, @event) is not { } look)
            return ApiProblem.NoCase;
        var saved = look.File.Events.First(one => one.Id == @event.Id);
        return ApiAnswer.Created(new EventGiven(
            @event.Id.Value, file.Code.Text, saved.ConfirmedBy is not null,
            (await ReadDates.NextAsync(session, file.Id)).Select(GivenOf).ToList()));
    }

    private static EventDraft DraftOf(NewEvent body) => new(body.Kind)
    {
        At = body.At,
        Precision = body.Precision,
        Until = body.Until,
        Zone = body.Zone,
        Known = body.Known,
        Served = body.Served,
        Sets = body.Sets,
        Jurisdiction = body.Jurisdiction,
        Body = body.Body,
        Place = body.Place,
        Source = body.Source,
        Authority = body.Authority,
        Note = body.Note,
        Sure = body.Sure == true,
    };

    private static DateGiven GivenOf(Deadline date) => new(
        Words.Snake(date.Kind.ToString()), date.RuleId, Words.Snake(date.State.ToString()), date.IsConfirmed, EndOf(date.Limit.Earliest),
        EndOf(date.Limit.Latest));

    private static DateEnd EndOf(LimitEnd end) => new(end.LocalText, end.Zone.Id, InstantPattern.General.Format(end.Instant));

    private static bool IsNumber(string? text, int usual, int most, out int number)
    {
        number = usual;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most);
    }
}
