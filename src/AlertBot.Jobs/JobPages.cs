using System.Diagnostics.CodeAnalysis;
using Hangfire;
using Hangfire.Common;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Jobs;

/// <summary>The engine's own pages: what runs, what failed, what is planned. Whoever sees them can run and delete jobs.</summary>
public static class JobPages
{
    public const string Path = "/jobs";

    /// <param name="mayOpen">Asked at every request, even for the style sheet: a session that has ended sees nothing.</param>
    public static void MapJobPages(this IEndpointRouteBuilder endpoints, Func<HttpContext, Task<bool>> mayOpen) =>
        endpoints.MapHangfireDashboard(Path, new DashboardOptions
        {
            // The default lets in every caller from this machine, which behind a local proxy is everybody.
            Authorization = [],
            AsyncAuthorization = [new Door(mayOpen)],
            DashboardTitle = "AlertBot",
            // All recurring jobs on one page.
            DefaultRecordsPerPage = 100,
            DisplayStorageConnectionString = false,
            // The way back to the desk.
            AppPath = "/console/operations",
            DisplayNameFunc = (_, run) => TitleOf(run),
        });

    /// <summary>"Release deadlines" of release-deadlines: names of jobs are words already.</summary>
    internal static string TitleOf(Job run) => EngineSchedule.NameOf(run) is { Length: > 0 } name
        ? char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ')
        : "?";

    private sealed class Door(Func<HttpContext, Task<bool>> mayOpen) : IDashboardAsyncAuthorizationFilter
    {
        public Task<bool> AuthorizeAsync([NotNull] DashboardContext context) => mayOpen(context.GetHttpContext());
    }
}
