using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Desk.Api;

/// <summary><c>/reports</c>: a program sends what a witness told.</summary>
internal static class ReportRoutes
{
    private const int LongestText = 3000;
    private const int LongestAnswer = 200;

    public static void Map(RouteGroupBuilder api) => api.MapPost(
            "/reports", (HttpContext context, ApiActs acts, SubmitReport submit) => acts.RunAsync<NewReport>(
                context, (session, body) => SendAsync(session, body, submit, context.RequestAborted)))
        .Does<NewReport, ReportGiven>(
            ApiScope.Reports, "Send a report",
            "A report like any other: coordinators get its card at once and verify it. All reports of one maker's tokens are one voice, "
            + "however many they are; the answers to the reporter go to the maker's chat.");

    private static async Task<ApiAnswer> SendAsync(Session session, NewReport body, SubmitReport submit, CancellationToken ct)
    {
        if (VisibleText.IsBlank(body.Text) || body.Text.Length > LongestText)
            return ApiProblem.Field("text", $"between 1 and {LongestText} characters that can be seen");
        foreach (var (name, answer) in new[] { ("who", body.Who), ("when", body.When), ("where", body.Where) })
        {
            if (answer?.Length > LongestAnswer)
                return ApiProblem.Field(name, $"at most {LongestAnswer} characters; what is longer belongs into 'text'");
        }

        if ((Wrong<ReportKind>("kind", body.Kind) ?? Wrong<TakenBy>("byWhom", body.ByWhom) ?? Wrong<Witness>("witness", body.Witness)) is { } wrong)
            return wrong;
        if ((body.Latitude is null) != (body.Longitude is null) || body.Latitude is < -90 or > 90 || body.Longitude is < -180 or > 180)
            return ApiProblem.Field("latitude", "give it together with 'longitude', in degrees");

        var told = new SubmittedReport(
            body.Text, body is { Latitude: { } north, Longitude: { } east } ? new GeoPoint(north, east) : null, body.Forwarded == true)
        {
            Kind = Words.Read<ReportKind>(body.Kind),
            Who = body.Who,
            When = body.When,
            Where = body.Where,
            ByWhom = Words.Read<TakenBy>(body.ByWhom),
            Witness = Words.Read<Witness>(body.Witness),
            MayContact = body.MayContact,
        };
        return await submit.RunAsync(session, told, ct) is var (incident, receipt)
            ? ApiAnswer.Created(new ReportGiven(incident?.Text, receipt.Reveal()))
            : ApiProblem.NotYours;
    }

    private static ApiProblem? Wrong<T>(string name, string? word)
        where T : struct, Enum =>
        word is null || Words.Read<T>(word) is not null ? null : ApiProblem.Field(name, $"use {Words.Either(Words.Of<T>())}");
}
