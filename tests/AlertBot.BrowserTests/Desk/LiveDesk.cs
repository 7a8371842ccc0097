using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using AlertBot.BrowserTests.Support;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.Postgres;
using AlertBot.Replaying;
using AlertBot.Sandbox;
using AlertBot.Workflows.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>The program itself with its own database, a sandbox in place of the messengers, and its desk on a free port.</summary>
internal sealed partial class LiveDesk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Lazy<Ground> Shipped = new(() => Ground.Load());

    private readonly Server _server;
    private readonly string _directory;
    private readonly ReplayClock _clock;

    private LiveDesk(SandboxServer sandbox, Server server, Uri url, string directory, ReplayClock clock) =>
        (Sandbox, _server, Url, _directory, _clock) = (sandbox, server, url, directory, clock);

    public SandboxServer Sandbox { get; }

    public Uri Url { get; }

    /// <summary>All that the program is made of.</summary>
    public IServiceProvider Services => _server.Services;

    public static async Task<LiveDesk> StartAsync(Action<IServiceCollection>? also = null, bool withCase = false)
    {
        // The directory does not exist yet, since the database's own user must be able to enter it. Sockets below it need a short path.
        var directory = Path.Combine(Path.GetTempPath(), $"ab-desk-{Guid.NewGuid():N}"[..16]);
        var ground = Shipped.Value;
        var web = ground.Settings.Web with { Url = $"http://127.0.0.1:{FreePort()}", PublicUrl = null };
        ground = ground with { Settings = ground.Settings with { Web = web } };
        var clock = new ReplayClock(Instant.FromUtc(2026, 3, 2, 9, 0));
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock });
        var demo = new Replaying.Demo(ground, sandbox, clock, directory, _ => { });
        await demo.SetAsync(withCase, CancellationToken.None);
        return new LiveDesk(sandbox, await demo.GoLiveAsync(CancellationToken.None, also), new Uri(web.Url), directory, clock);
    }

    /// <summary>Adds somebody with a phone who accepts an invitation to that role.</summary>
    public async Task<SandboxPhone> AddAsync(Role role, string name)
    {
        var code = await ActAsync(
            session => _server.Services.GetRequiredService<InvitePerson>().RunAsync(session.As(Actor.Operator), role, InvitePerson.UsualLife));
        var phone = Sandbox.AddPerson(name);
        await SayAsync(phone, "/start " + code);
        return phone;
    }

    /// <summary>Adds somebody with that role, and signs them in in a wide window.</summary>
    public async Task<Seat> SitDownAsync(Chromium chromium, Role role, string name)
    {
        var seat = await Seat.OpenAsync(chromium.Browser, await AddAsync(role, name));
        await SignInAsync(seat.Page, seat.Phone);
        return seat;
    }

    public static async Task<SandboxMessage> SayAsync(SandboxPhone phone, string text)
    {
        var said = phone.SendText(text);
        return await phone.WaitForMessageAsync(message => message.IsFromBot && message.Id > said.Id, Patience);
    }

    /// <summary>Signs in by the link from <c>/console</c> and the number that the browser then shows.</summary>
    /// <param name="seen">Is called at the page that the link opens. The next one asks again by itself, so nobody can look at it for long.</param>
    public async Task SignInAsync(IPage page, SandboxPhone phone, Func<Task>? seen = null)
    {
        var said = phone.SendText("/console");
        var given = await phone.WaitForMessageAsync(message => message.Id > said.Id && Link().IsMatch(message.Text), Patience);
        var link = Link().Match(given.Text).Value;
        await OpenAsync(page, link);
        await (seen?.Invoke() ?? Task.CompletedTask);
        await ContinueOn(page).ClickAsync();
        var number = await page.Locator(".number").InnerTextAsync();
        var question = await phone.WaitForMessageAsync(
            message => message.Id > given.Id && message.AllButtons.Any(button => button.Text == number), Patience);
        phone.Press(question, number);
        await page.WaitForURLAsync(new Uri(Url, "/console").AbsoluteUri);
    }

    // A page whose session ended goes to the page for signing in by itself, at that moment or a little later. Whoever is taken there opens the link
    // once more.
    private static async Task OpenAsync(IPage page, string link)
    {
        for (var more = 3; ; more--)
        {
            try
            {
                await page.GotoAsync(link);
                await ContinueOn(page).WaitForAsync(new LocatorWaitForOptions { Timeout = 8_000 });
                return;
            }
            catch (PlaywrightException over) when (more > 0 && over.Message.Contains("interrupted by another navigation", StringComparison.Ordinal))
            {
            }
            catch (TimeoutException) when (more > 0)
            {
            }
        }
    }

    private static ILocator ContinueOn(IPage page) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Continue" });

    /// <summary>Waits until the page of failed runs shows one.</summary>
    public async Task UntilAFailureAsync(IPage page)
    {
        // A run is tried three more times before it counts as failed, which takes 80 seconds.
        for (var look = 0; look < 150; look++)
        {
            await page.GotoAsync(new Uri(Url, "/jobs/jobs/failed").AbsoluteUri);
            if (await page.GetByText("Failing drill").CountAsync() > 0)
                break;
            await page.WaitForTimeoutAsync(1_000);
        }

        await Expect(page.GetByText("Failing drill").First).ToBeVisibleAsync();
    }

    /// <summary>The time by the program's clock.</summary>
    public Instant Now => _clock.GetCurrentInstant();

    /// <summary>The page of the person behind that phone.</summary>
    public async Task<string> PageOfAsync(SandboxPhone phone)
    {
        var person = (await ActAsync(session => session.Addresses.FindAsync(phone.Address)))!.Person!.Value;
        return new Uri(Url, $"/console/people/{person.Value:N}").AbsoluteUri;
    }

    public Task FreezeAsync(SandboxPhone phone) => ActAsync(async session =>
    {
        var id = (await session.Addresses.FindAsync(phone.Address))!.Person!.Value;
        return await _server.Services.GetRequiredService<FreezePerson>().RunAsync(session.As(Actor.Operator), id);
    });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Sandbox.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public async Task<T> ActAsync<T>(Func<Session, Task<T>> act)
    {
        await using var session = await _server.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None);
        var result = await act(session);
        await session.CommitAsync(CancellationToken.None);
        return result;
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/console/sign-in/[\w-]+")]
    private static partial Regex Link();
}
