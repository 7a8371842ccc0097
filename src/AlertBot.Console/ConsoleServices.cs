using System.Threading.RateLimiting;
using AlertBot.Desk.Api;
using AlertBot.Desk.Frame;
using AlertBot.Desk.Importing;
using AlertBot.Postgres;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AlertBot.Desk;

/// <summary>The services that the desk needs beside the subjects' acts.</summary>
public static class ConsoleServices
{
    /// <summary>The name of the rate limit for posts from one address.</summary>
    internal const string Limit = "console";

    private const int PostsAMinute = 30;

    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddSingleton<ConsoleSessions>().AddSingleton<LiveChanges>().AddSingleton<DeskActs>().AddSingleton<UnreadableRows>()
            .AddSingleton<ApiLimits>().AddSingleton<ApiActs>();
        ApiDocument.Add(services);
        services.AddRazorComponents();
        // The framework would write a larger part of a form to the disk in the clear.
        services.Configure<FormOptions>(form => form.MemoryBufferThreshold = ImportForms.MostBody);
        services.AddAuthentication(ConsoleAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, ConsoleAuthentication>(ConsoleAuthentication.Name, null);
        services.AddAuthorization();
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = "alertbot-form";
            form.Cookie.HttpOnly = true;
            form.Cookie.SameSite = SameSiteMode.Strict;
            form.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddDataProtection().SetApplicationName("alertbot");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = new FormKeys(provider.GetRequiredService<Database>())));
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(Limit, context => RateLimitPartition.GetFixedWindowLimiter(
                // By link: behind a proxy all the world has one address, and whoever floods it would lock everybody out.
                context.Request.Path.Value ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = PostsAMinute, Window = TimeSpan.FromMinutes(1) }));
        });
        return services;
    }
}
