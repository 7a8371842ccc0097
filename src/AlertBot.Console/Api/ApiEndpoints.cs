using AlertBot.Domain.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace AlertBot.Desk.Api;

/// <summary>The addresses for programs: each with the scope that it needs, and what it takes and gives as its own description.</summary>
internal static class ApiEndpoints
{
    public const string Home = "/api/v1";

    /// <summary>Before routing: what holds for every answer, the framework's refusals too. No page of another site may read one.</summary>
    public static void Guard(WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(Home), api => api.Use((context, next) =>
        {
            context.Response.Headers[HeaderNames.CacheControl] = "no-store";
            context.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
            context.Response.Headers["X-Robots-Tag"] = "noindex";
            return ExplainAsync(context, next);
        }));

    // What the framework refuses by itself has no body.
    private static async Task ExplainAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is { HasStarted: false, ContentType: null, StatusCode: var status } && ProblemOf(status) is { } problem)
            await problem.ToResult().ExecuteAsync(context);
    }

    private static ApiProblem? ProblemOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => ApiProblem.NoAddress,
        StatusCodes.Status405MethodNotAllowed => ApiProblem.NoMethod,
        StatusCodes.Status415UnsupportedMediaType => ApiProblem.NoJson,
        _ => null,
    };

    public static void Map(WebApplication app)
    {
        // Otherwise they would be named after the program that serves them.
        var api = app.MapGroup(Home).WithTags("AlertBot");
        AlertRoutes.Map(api);
        ReportRoutes.Map(api);
        CaseRoutes.Map(api);
        AlertmanagerRoutes.Map(api);
        ApiDocument.Map(api);
    }

    /// <summary>Describes an address that does something.</summary>
    public static RouteHandlerBuilder Does<TBody, TGiven>(
        this RouteHandlerBuilder route, ApiScope scope, string summary, string description, int status = StatusCodes.Status201Created)
        where TBody : notnull => route.WithMetadata(new NeededScope(scope))
        .Accepts<TBody>("application/json").Produces<TGiven>(status).Refuses(400, 401, 403, 404, 413, 415, 422, 429, 500, 503)
        .WithSummary(summary).WithDescription(description);

    /// <summary>Describes an address that is read.</summary>
    public static RouteHandlerBuilder Gives<TGiven>(this RouteHandlerBuilder route, ApiScope scope, string summary, string description) =>
        route.WithMetadata(new NeededScope(scope)).Produces<TGiven>().Refuses(401, 403, 404, 422, 429, 500, 503)
            .WithSummary(summary).WithDescription(description);

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
            route.Produces<ProblemDetails>(status, "application/problem+json");
        return route;
    }
}
