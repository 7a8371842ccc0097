using AlertBot.Domain.People;
using Hangfire;
using Hangfire.Annotations;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Hangfire;

/// <summary>The engine's own pages: what runs, what failed, what is planned. Whoever sees them can run and delete jobs.</summary>
public static class HangfirePages
{
    public const string Path = "/jobs";

    public static void MapHangfirePages(this IEndpointRouteBuilder endpoints) => endpoints.MapHangfireDashboard(Path, new DashboardOptions
    {
        // The default lets in who calls from this machine: behind a proxy on it, that is everybody.
        Authorization = [new OwnersOnly()],
        DashboardTitle = "AlertBot",
        DisplayStorageConnectionString = false,
        AppPath = null,
    });

    private sealed class OwnersOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize([NotNull] DashboardContext context) => context.GetHttpContext().User.IsInRole(nameof(Role.Owner));
    }
}
