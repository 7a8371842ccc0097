using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Desk.Api;

/// <summary><c>/alerts</c>: a program tells the followers of a case something.</summary>
internal static class AlertRoutes
{
    private const int LongestText = 2000;

    // The kind of what a person or a program writes by hand.
    private static readonly AlertKind ByHand = new("notice");

    public static void Map(RouteGroupBuilder api) => api.MapPost(
            "/alerts", (HttpContext context, ApiActs acts, SendAlert send) => acts.RunAsync<NewAlert>(
                context, (session, body) => SendAsync(context, session, body, send)))
        .Does<NewAlert, AlertGiven>(
            ApiScope.Alerts, "Tell the followers of a case",
            "Goes the way of every alert: to all who follow the case, or to coordinators where nobody does. Ten urgent or critical ones of one maker "
            + "within ten minutes; further ones are refused.");

    private static async Task<ApiAnswer> SendAsync(HttpContext context, Session session, NewAlert body, SendAlert send)
    {
        if (!CaseCode.TryParse(body.Case, out var code))
            return ApiProblem.NoCase;
        if ((body.Severity is null ? Severity.Notice : Words.Read<Severity>(body.Severity)) is not { } severity)
            return ApiProblem.Field("severity", $"use {Words.Either(Words.Of<Severity>())}");
        if (VisibleText.IsBlank(body.Text) || body.Text.Length > LongestText)
            return ApiProblem.Field("text", $"between 1 and {LongestText} characters that can be seen");
        if (!session.Actor.MayActAs(Role.Coordinator))
            return ApiProblem.NotYours;

        switch (await send.RunAsync(session, code, ByHand, severity, body.Text))
        {
            case SentAlert.Sent { Id: var id }:
                return ApiAnswer.Created(new AlertGiven(id.Value, code.Text, Told: !await session.Alerts.IsUntoldAsync(id)));
            case SentAlert.TooMany { Until: var until }:
                context.Response.Headers.RetryAfter =
                    Math.Max(1, (int)Math.Ceiling((until - session.Now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return ApiProblem.TooManyAlerts(SendAlert.MostUrgent, (int)SendAlert.Within.TotalMinutes);
            default:
                return ApiProblem.NoCase;
        }
    }
}
