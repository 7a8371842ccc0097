using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>The job engine's pages can run and delete jobs, so only owners may open them.</summary>
public sealed partial class JobPagesTests
{
    private const string RoleHeader = "X-Role";

    [PostgresFact]
    public async Task Only_an_owner_sees_them()
    {
        await using var site = await Site.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync(null)).StatusCode);
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Owner))
            Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync(role)).StatusCode);
        var page = await site.GetAsync(Role.Owner);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("Host", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_page_of_a_stranger_cannot_press_a_button_for_an_owner()
    {
        await using var site = await Site.StartAsync();
        var page = await (await site.GetAsync(Role.Owner, "/recurring")).Content.ReadAsStringAsync();
        var token = TokenOfPage().Match(page).Groups["token"].Value;

        Assert.Equal(HttpStatusCode.Forbidden, (await site.PressAsync(null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await site.PressAsync(token)).StatusCode);
    }

    [GeneratedRegex("""(?s)csrf[^>]*?header[^>]*?(?<token>CfDJ8[\w-]+)|(?<token>CfDJ8[\w-]+)""")]
    private static partial Regex TokenOfPage();

    /// <summary>A site whose visitors name themselves in a header, instead of signing in.</summary>
    private sealed class Site(WebApplication app, TestDatabase database) : IAsyncDisposable
    {
        private readonly HttpClient _browser = new(new HttpClientHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(app.Urls.First()),
        };

        public static async Task<Site> StartAsync()
        {
            var database = await TestDatabase.CreateAsync();
            var builder = TestWeb.Builder();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(_ => Npgsql.NpgsqlDataSource.Create(database.ConnectionString));
            builder.Services.AddSingleton(_ => new Vault(VaultKey.New()));
            builder.Services.AddSingleton(provider => new Database(
                provider.GetRequiredService<Npgsql.NpgsqlDataSource>(), provider.GetRequiredService<Vault>(), SystemClock.Instance));
            builder.Services.AddJobs();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.Use((context, next) =>
            {
                if (context.Request.Headers[RoleHeader] is [{ } role])
                    context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "test"));
                return next(context);
            });
            app.UseRouting();
            app.MapJobPages(context => Task.FromResult(context.User.IsInRole(nameof(Role.Owner))));
            await app.StartAsync();
            return new Site(app, database);
        }

        public Task<HttpResponseMessage> GetAsync(Role? role, string page = "") =>
            _browser.SendAsync(As(role, new HttpRequestMessage(HttpMethod.Get, JobPages.Path + page)));

        public Task<HttpResponseMessage> PressAsync(string? token)
        {
            var press = new HttpRequestMessage(HttpMethod.Post, JobPages.Path + "/recurring/trigger")
            {
                Content = new FormUrlEncodedContent([new("jobs[]", "watch")]),
            };
            if (token is not null)
                press.Headers.Add("RequestVerificationToken", token);
            return _browser.SendAsync(As(Role.Owner, press));
        }

        public async ValueTask DisposeAsync()
        {
            _browser.Dispose();
            await app.DisposeAsync();
            await database.DisposeAsync();
        }

        private static HttpRequestMessage As(Role? role, HttpRequestMessage request)
        {
            if (role is { } given)
                request.Headers.Add(RoleHeader, given.ToString());
            return request;
        }
    }
}
