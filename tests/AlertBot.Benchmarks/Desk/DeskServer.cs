using System.Net;
using System.Net.Sockets;
using AlertBot.Benchmarks.Fuzzing;
using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Benchmarks.Desk;

/// <summary>
/// The whole program on a free port with a private PostgreSQL, and nothing that goes by the clock: what its pages cost, and what a stranger can make
/// it do, is asked without jobs that write beside it.
/// </summary>
internal sealed class DeskServer : IAsyncDisposable
{
    /// <summary>The name of the cookie of whoever is signed in.</summary>
    public const string Cookie = "alertbot-desk";

    /// <summary>What the webhook of Telegram demands in a header.</summary>
    public const string WebhookSecret = "invented-secret-of-the-webhook";

    private readonly string _directory;
    private readonly Server _server;

    private DeskServer(string directory, Server server, SandboxServer sandbox, Uri url) =>
        (_directory, _server, Sandbox, Url) = (directory, server, sandbox, url);

    public SandboxServer Sandbox { get; }

    public IServiceProvider Services => _server.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public Uri Url { get; }

    /// <summary>What the program threw while it answered.</summary>
    public required ThrownFaults Thrown { get; init; }

    /// <param name="mode">How the bot hears of messages: with the webhook there is one endpoint more.</param>
    public static async Task<DeskServer> StartAsync(TelegramMode mode = TelegramMode.Polling)
    {
        // The directory does not exist yet, since the database's own user must be able to enter it.
        var directory = Path.Combine(Path.GetTempPath(), $"alertbot-desk-{Guid.NewGuid():N}"[..22]);
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions());
        var (ground, faults) = (Ground.Load(), new ThrownFaults());
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var server = await Server.StartAsync(
            ground with
            {
                Settings = ground.Settings with
                {
                    ConnectionString = null,
                    KeyFile = null,
                    Signal = null,
                    Telegram = new TelegramSettings(sandbox.Token)
                    {
                        ApiUrl = sandbox.Url,
                        Mode = mode,
                        WebhookUrl = url,
                        WebhookSecret = WebhookSecret,
                    },
                    Web = new WebSettings { Url = url.AbsoluteUri },
                    LogLevel = LogLevel.Critical,
                },
            },
            CancellationToken.None,
            directory,
            services =>
            {
                services.RemoveAll<IRecurringJob>();
                services.AddSingleton<IStartupFilter>(faults);
                foreach (var auditor in services.Where(one => one.ImplementationType == typeof(AuditorDriver)).ToList())
                    services.Remove(auditor);
            });
        return new DeskServer(directory, server, sandbox, url) { Thrown = faults };
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async Task<T> ActAsync<T>(Func<Session, Task<T>> act)
    {
        await using var session = await Database.BeginAsync(CancellationToken.None);
        var result = await act(session);
        await session.CommitAsync(CancellationToken.None);
        return result;
    }

    /// <summary>Somebody with that role, and the chat in which they are reached.</summary>
    public Task<(PersonId Person, Address Address)> AddAsync(Role role, string name) => ActAsync(async session =>
    {
        var phone = Sandbox.AddPerson(name);
        var person = new Person(PersonId.New(), role, "en", DateTimeZoneProviders.Tzdb["Asia/Almaty"], IsFrozen: false);
        await session.People.AddAsync(person);
        return (person.Id, await session.Addresses.EnsureAsync(phone.Address, person.Id, isGroup: false, "en"));
    });

    /// <returns>The value of the cookie in a browser in which that person is signed in.</returns>
    public Task<string> SignInAsync(PersonId person) => ActAsync(async session =>
    {
        var secret = ConsoleSecret.New();
        await session.ConsoleSessions.AddAsync(
            new ConsoleSession(ConsoleSessionId.New(), person, new Browser("Firefox", "Linux"), session.Now, session.Now + Duration.FromHours(12)),
            secret);
        return secret.Reveal();
    });

    /// <summary>A browser that holds that cookie.</summary>
    public HttpClient Browser(string cookie)
    {
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url };
        http.DefaultRequestHeaders.Add("Cookie", $"{Cookie}={cookie}");
        return http;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Sandbox.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
