using System.Text.RegularExpressions;
using AlertBot.Desk;
using AlertBot.Domain.Incidents;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.SignIn;
using AlertBot.Workflows.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.IntegrationTests.Support;

/// <summary>The desk over a bot's database, on a free port, with a stub in place of the job engine's pages.</summary>
internal sealed partial class OpenDesk : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OpenDesk(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    /// <summary>All that the desk is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Every page and act of the desk.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => Below("console");

    /// <summary>Every address for programs.</summary>
    public IReadOnlyList<RouteEndpoint> Api => Below("api");

    public static async Task<OpenDesk> StartAsync(RunningBot bot, Uri? publicUrl = null)
    {
        var builder = TestWeb.Builder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(bot.Log).SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddSingleton(bot.Database).AddSingleton<IClock>(bot.Clock).AddSingleton(new ConsolePlace(publicUrl));
        // What the pages read and what their forms do comes from the bot's own rooms.
        var known = bot.Get<IServiceProviderIsService>();
        foreach (var type in Rooms().Where(known.IsService))
            builder.Services.TryAddSingleton(type, _ => bot.Services.GetRequiredService(type));
        builder.Services.AddConsole();
        var app = builder.Build();
        app.MapConsole();
        app.MapGet("/jobs", async (HttpContext context, ConsoleSessions sessions) =>
            await sessions.MayReadJobsAsync(context) ? Results.Ok() : Results.Unauthorized());
        await app.StartAsync();
        return new OpenDesk(app);
    }

    /// <summary>Sends <c>/console</c> in that chat, and gives the path of the link in the answer.</summary>
    public static async Task<string> LinkAsync(SandboxPhone phone)
    {
        var said = phone.SendText("/console");
        return LinkIn(
            await phone.WaitForMessageAsync(message => message.Id > said.Id && message.Text.Contains("/console/sign-in/", StringComparison.Ordinal)));
    }

    /// <summary>A browser in which the person behind that phone is signed in.</summary>
    public async Task<DeskBrowser> SignInAsync(SandboxPhone phone)
    {
        var browser = new DeskBrowser(Url);
        var waiting = await browser.OpenAsync(await LinkAsync(phone));
        var question = await phone.WaitForMessageAsync(message => message.IsFromBot && message.AllButtons.Any(one => one.Text == waiting.Number));
        await RunningBot.PressAsync(phone, question, waiting.Number!);
        await browser.GetAsync("/console/wait");
        return browser;
    }

    private static IEnumerable<Type> Rooms() => new[] { typeof(TextCatalog), typeof(Database), typeof(IncidentPolicy) }
        .SelectMany(type => type.Assembly.GetTypes()).Where(type => type is { IsClass: true, IsAbstract: false, IsPublic: true })
        .Append(typeof(TimeProvider));

    private static string LinkIn(SandboxMessage message) => new Uri(Link().Match(message.Text).Value).AbsolutePath;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private List<RouteEndpoint> Below(string folder) => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith(folder, StringComparison.Ordinal))
        .ToList();

    [GeneratedRegex(@"https?://\S+/console/sign-in/\S+")]
    private static partial Regex Link();
}
