using AlertBot.Sandbox.Api;
using AlertBot.Sandbox.Page;
using AlertBot.Sandbox.Signal;
using AlertBot.Sandbox.Signal.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Sandbox;

/// <summary>
/// A local Telegram and a local Signal: the Bot API and signal-cli for bots, phones for people. It serves demos, training, replays, tests and
/// benchmarks, and needs no token and no network.
/// </summary>
public sealed partial class SandboxServer : IAsyncDisposable
{
    // As long and odd as a real token, so that a test for leaks finds it.
    private const string OwnToken = "7000000001:SANDBOX-aBcDeFgHiJkLmNoPqRsTuVwXyZ0";
    private const long FirstPerson = 8_100_000_001;
    private const long FirstGroup = 1_001_500_000_001;

    private readonly WebApplication _app;
    private readonly SandboxWorld _world;
    private readonly CallLog _calls;
    private readonly SandboxPage _page;
    private long _nextPerson = FirstPerson;
    private long _nextGroup = FirstGroup;

    private SandboxServer(WebApplication app, SandboxWorld world, SandboxPage page, SandboxBot bot, Faults faults, CallLog calls)
    {
        (_app, _world, _page, Bot, Faults, _calls) = (app, world, page, bot, faults, calls);
        Url = new Uri(app.Urls.First());
        page.Chosen = word => _choices.Writer.TryWrite(word);
    }

    /// <summary>The base address of the Bot API (<c>Telegram__ApiUrl</c>) and of the page.</summary>
    public Uri Url { get; }

    /// <summary>The token of the sandbox's own bot. Any other token of the right form belongs to a bot too.</summary>
    public string Token => Bot.Token;

    public SandboxBot Bot { get; }

    public Faults Faults { get; }

    /// <summary>Every call so far, in the order of arrival.</summary>
    public IReadOnlyList<SandboxCall> Calls => _calls.Snapshot();

    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken ct = default)
    {
        options ??= SandboxOptions.Default;
        // Otherwise the framework watches every file below the working directory.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Listen, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 60 << 20;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));

        var app = builder.Build();
        var (world, faults, calls) = (new SandboxWorld(options), new Faults(), new CallLog());
        var bot = world.BotOf(OwnToken, options.BotUsername)!;
        var page = new SandboxPage(world, bot);
        var signal = new SignalWorld(world);
        var signalCli = new SandboxSignal(signal);
        new SignalDaemon(signal, signalCli, calls, app.Lifetime).Map(app);
        new BotApi(world, faults, calls).Map(app);
        new PageEndpoints(world, page, app.Lifetime).Map(app);
        await app.StartAsync(ct);
        return new SandboxServer(app, world, page, bot, faults, calls) { _signal = signal, Signal = signalCli };
    }

    /// <param name="token">Digits, a colon, and at least 30 letters, digits, _ or -.</param>
    public SandboxBot AddBot(string token, string username)
    {
        lock (_world.Gate)
            return _world.BotOf(token, username) ?? throw new ArgumentException("Not the form of a token.", nameof(token));
    }

    /// <summary>Adds a person. Ids follow the order of the calls, so the same cast has the same ids after a restart.</summary>
    /// <param name="hasStarted">False: the bot may not write to them until they write first.</param>
    public SandboxPhone AddPerson(
        string name, string language = "en", string? role = null, DateTimeZone? zone = null,
        bool hasStarted = true, bool onPage = false, long? id = null)
    {
        lock (_world.Gate)
        {
            var phone = new SandboxPhone(_world, Bot, id ?? _nextPerson++, name, language)
            {
                Role = role,
                Zone = zone ?? DateTimeZone.Utc,
                IsOnPage = onPage,
                HasStarted = hasStarted,
            };
            _world.Add(phone);
            if (onPage)
                _page.Show(phone);
            return phone;
        }
    }

    /// <param name="isForum">True: a supergroup with topics.</param>
    /// <param name="isBasic">True: a basic group, which may later become a supergroup.</param>
    /// <param name="withBot">True if the bot is a member from the start, without an update that says so.</param>
    public SandboxGroup AddGroup(
        string title, IEnumerable<SandboxPhone> members, bool isForum = false, bool isBasic = false, bool withBot = true, bool onPage = false)
    {
        lock (_world.Gate)
        {
            var number = _nextGroup++;
            var chat = new SandboxChat(_world, isBasic ? -(number - 1_000_000_000_000) : -number, isBasic ? "group" : "supergroup", title, null, null)
            {
                IsForum = isForum,
            };
            chat.Members.AddRange(members);
            if (chat.Members.Count > 0)
                chat.Admins.Add(chat.Members[0]);
            if (withBot)
                chat.Bots[Bot] = "member";
            _world.Add(chat);
            var group = new SandboxGroup(_world, Bot, chat) { IsOnPage = onPage };
            if (onPage)
                _page.Show(group);
            return group;
        }
    }

    /// <summary>Blocks Telegram: every connection between it and the bots breaks. What people write there waits.</summary>
    public void TakeTelegramDown()
    {
        lock (_world.Gate)
        {
            _world.IsTelegramDown = true;
            foreach (var bot in _world.Bots)
                bot.EndPolls();
        }
    }

    public void BringTelegramUp()
    {
        lock (_world.Gate)
            _world.IsTelegramDown = false;
    }

    /// <summary>Sends the bot an update of any shape. <c>{id}</c> stands for its id.</summary>
    public void PushRawUpdate(string json)
    {
        lock (_world.Gate)
            Bot.PushRaw(json);
    }

    /// <summary>Writes a line into the log beside the phones, dated by the scenario's clock.</summary>
    /// <param name="kind">
    /// <c>chapter</c> (a heading), <c>event</c> (something happens in the story), <c>expected</c> and <c>got</c>,
    /// <c>pass</c> and <c>fail</c> (which are counted); null: a remark.
    /// </param>
    public void Narrate(string text, string? kind = null)
    {
        lock (_world.Gate)
            _page.Narrate(text, kind);
    }

    /// <summary>Tells the page what it shows: <c>replay</c>, a scenario that runs by itself, or <c>live</c>.</summary>
    public void SetMode(string mode)
    {
        if (mode is not ("replay" or "live"))
            throw new ArgumentException("A sandbox is in replay or live.", nameof(mode));
        lock (_world.Gate)
            _page.SetMode(mode);
    }

    public void ClearCalls() => _calls.Clear();

    public async ValueTask DisposeAsync()
    {
        lock (_world.Gate)
        {
            foreach (var bot in _world.Bots)
            {
                bot.Webhook?.Dispose();
                bot.EndPolls();
            }
        }

        await _app.DisposeAsync();
    }
}
