using System.Security.Cryptography;
using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Importing;
using AlertBot.Workflows.Law;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Policies;
using AlertBot.Workflows.Sending;
using AlertBot.Workflows.Subscribing;
using AlertBot.Workflows.Texts;
using AlertBot.Workflows.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Support;

/// <summary>
/// The whole bot with its own database, and a sandbox of Telegram over real HTTP. The test sets its clock. Messages leave at once, without a pace.
/// Everything it logs is collected, on every level.
/// </summary>
internal sealed class RunningBot : IAsyncDisposable
{
    private static readonly Lazy<Ground> Files = new(Read);

    private readonly TestDatabase _database;
    private readonly NpgsqlDataSource _source;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private TaskCompletionSource _drained = NewPromise();

    private RunningBot(
        TestDatabase database, NpgsqlDataSource source, SandboxServer sandbox, ServiceProvider services, CollectedLogs log, TestClock clock)
    {
        (_database, _source, Sandbox, _services, Log, Clock) = (database, source, sandbox, services, log, clock);
        _running = Task.WhenAll(
            services.GetRequiredService<Wakeups>().RunAsync(_stop.Token),
            services.GetRequiredService<InboxWorker>().RunAsync(_stop.Token),
            services.GetRequiredService<Receiver>().RunAsync(_stop.Token),
            services.GetRequiredService<ImportWorker>().RunAsync(_stop.Token),
            SendAsync(_stop.Token));
    }

    public static TextCatalog Texts => Files.Value.Texts;

    public SandboxServer Sandbox { get; }

    public CollectedLogs Log { get; }

    public TestClock Clock { get; }

    public Database Database => _services.GetRequiredService<Database>();

    /// <summary>The connection string of the bot's database.</summary>
    public string ConnectionString => _database.ConnectionString;

    public TelegramChannel Channel => _services.GetRequiredService<TelegramChannel>();

    /// <param name="vault">Null: one with a new key.</param>
    /// <param name="second">Another messenger beside Telegram; nothing is sent through it.</param>
    /// <param name="on">Null: a database of its own on the server of all tests.</param>
    public static async Task<RunningBot> StartAsync(
        Instant? now = null, Vault? vault = null, IChannel? second = null, TestDatabase? on = null)
    {
        var database = on ?? await TestDatabase.CreateAsync();
        var clock = new TestClock(now ?? Instant.FromUtc(2026, 3, 2, 9, 0));
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock });
        var log = new CollectedLogs();
        var source = new NpgsqlDataSourceBuilder(database.ConnectionString).UseLoggerFactory(log).Build();

        var services = new ServiceCollection();
        vault ??= new Vault(new VaultKey(RandomNumberGenerator.GetBytes(VaultKey.Size)));
        services.AddAlertBot(Files.Value, new Database(source, vault, clock));
        services.AddTelegram(new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url, PollTimeout = TimeSpan.FromSeconds(10) });
        if (second is not null)
            services.AddSingleton(second);
        services.AddSingleton<IClock>(clock).AddSingleton(new WebhookPlaces(AllowsLoopback: true));
        services.AddSingleton<ILoggerFactory>(log).AddSingleton(typeof(ILogger<>), typeof(Logger<>));

        return new RunningBot(database, source, sandbox, services.BuildServiceProvider(), log, clock);
    }

    /// <summary>All that the bot is made of, for another program over the same rooms.</summary>
    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Runs one act and commits it, as the desk or a job would.</summary>
    public async Task<T> ActAsync<T>(Func<Session, Task<T>> act)
    {
        await using var session = await Database.BeginAsync(CancellationToken.None);
        var result = await act(session);
        await session.CommitAsync(CancellationToken.None);
        return result;
    }

    /// <summary>Makes an invitation as <c>alertbot invite</c> prints it.</summary>
    public async Task<string> InviteAsync(Role role, Duration? life = null) => (await ActAsync(session =>
        Get<InvitePerson>().RunAsync(session.As(Actor.Operator), role, life ?? InvitePerson.UsualLife)))!;

    /// <summary>Adds somebody with a phone who accepts an invitation to that role.</summary>
    public async Task<SandboxPhone> AddAsync(Role role, string name = "Test Person", string language = "en")
    {
        var phone = Sandbox.AddPerson(name, language);
        if (role == Role.Reporter)
            await SayAsync(phone, "/start");
        else
            await SayAsync(phone, "/start " + await InviteAsync(role));
        // Colleagues are told of the new person. These messages must not be taken for the answer to the test's next words.
        await SettleAsync();
        return phone;
    }

    /// <summary>Sends a private message, and gives the first answer.</summary>
    public static async Task<SandboxMessage> SayAsync(SandboxPhone phone, string text)
    {
        var said = phone.SendText(text);
        return await phone.WaitForMessageAsync(message => message.IsFromBot && message.Id > said.Id);
    }

    /// <summary>Sends a message in a group, and gives the bot's answer there.</summary>
    public static async Task<SandboxMessage> SayAsync(SandboxPhone phone, SandboxGroup group, string text)
    {
        var said = phone.SendText(text, group);
        return await group.WaitForMessageAsync(message => message.IsFromBot && message.Id > said.Id);
    }

    /// <summary>
    /// Sends a message in a group and checks that the bot stays silent: no message comes before the answer to this person's next words.
    /// </summary>
    public static async Task SayInVainAsync(SandboxPhone phone, SandboxGroup group, string text)
    {
        phone.SendText(text, group);
        await SayAsync(phone, "/help");
    }

    /// <summary>Presses a button, and gives the edited message.</summary>
    public static async Task<SandboxMessage> PressAsync(SandboxPhone phone, SandboxMessage message, string button, SandboxGroup? group = null)
    {
        var chat = group?.Chat ?? phone.Chat;
        phone.Press(message, button);
        return await chat.WaitForMessageAsync(now => now.Id == message.Id && now.EditedAt is not null && !ReferenceEquals(now, message));
    }

    /// <summary>Presses a button, and gives the notice that pops up.</summary>
    public static async Task<string?> NoticeOfAsync(SandboxPhone phone, SandboxMessage message, string button) =>
        await phone.Press(message, button).Answer.WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Presses a button, and gives the message that follows.</summary>
    public static async Task<SandboxMessage> AnswerToAsync(SandboxPhone phone, SandboxMessage message, string button)
    {
        var last = phone.Messages[^1].Id;
        phone.Press(message, button);
        return await phone.WaitForMessageAsync(now => now.IsFromBot && now.Id > last);
    }

    /// <summary>Advances the clock, and sends what has become due.</summary>
    public async Task PassAsync(Duration time)
    {
        Clock.Advance(time);
        await Get<DeadlineMonitor>().RunAsync(CancellationToken.None);
        Get<Wakeups>().Raise(Wakeups.Outbox);
    }

    /// <summary>Adds a case with a code of its own, as the command line does.</summary>
    public async Task<CaseFile> OpenCaseAsync(string name = "Invented Person", string[]? jurisdictions = null, string zone = "Asia/Almaty") =>
        (await ActAsync(session => Get<OpenCase>().RunAsync(
            session.As(Actor.Operator), [new PersonName(name)], jurisdictions ?? ["KZ"], DateTimeZoneProviders.Tzdb[zone])))!;

    /// <summary>Lets somebody follow a case, with a coordinator's consent.</summary>
    public async Task FollowAsync(SandboxPhone phone, CaseFile file)
    {
        await SayAsync(phone, "/subscribe " + file.Code);
        await ActAsync(async session => await Get<Subscribe>().AnswerAsync(
            session.As(Actor.Operator), file.Code, (await session.Addresses.FindAsync(phone.Address))!.Id, isAgreed: true));
        await SettleAsync();
    }

    /// <summary>Looks again and again for something that happens after the commit without an event.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<T?> look)
        where T : class
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (look() is { } found)
                return found;
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Waits until every message is received and handled, and every due message is sent.</summary>
    public async Task SettleAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            // Taken before looking, so that no wakeup is missed. What is handled without a word to anybody wakes nobody.
            var news = Task.WhenAny(_drained.Task, Get<Wakeups>().Next(Wakeups.Inbox));
            // What was said comes before what was stored of it: the other way round, one on its way would be in neither.
            if (Sandbox.Bot.PendingUpdates == 0 && await IsQuietAsync())
                return;
            await Task.WhenAny(news, Task.Delay(50, patience.Token));
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Stops the bot and keeps its database, where new updates wait.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
        await Sandbox.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
        _stop.Dispose();
    }

    // The shipped files, without any settings from this machine's environment.
    private static Ground Read()
    {
        var config = ConfigFolder.Find();
        return new Ground(
            config, new Settings(), LawFolder.Load(Path.Combine(config, "law")).Book,
            PoliciesFile.Load(Path.Combine(config, "policies.yaml")).Policies,
            TextCatalog.Load(Path.Combine(config, "texts")), [])
        {
            Loaded = SettingsFile.Read(Path.Combine(config, "alertbot.yaml"), null, new Dictionary<string, string>()).Loaded,
        };
    }

    private static TaskCompletionSource NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<bool> IsQuietAsync() => ActAsync(async session =>
        await session.Inbox.WaitingAsync() == 0
        && (await session.Outbox.CountAsync()).Where(
            pair => pair.Key is DeliveryState.Queued or DeliveryState.Sending or DeliveryState.Retry or DeliveryState.Maybe)
            .Sum(pair => pair.Value) == 0);

    private async Task SendAsync(CancellationToken ct)
    {
        var (dispatcher, wakeups) = (Get<Dispatcher>(), Get<Wakeups>());
        while (!ct.IsCancellationRequested)
        {
            var news = wakeups.Next(Wakeups.Outbox);
            await dispatcher.DrainAsync(ct);
            Interlocked.Exchange(ref _drained, NewPromise()).TrySetResult();
            await news.WaitAsync(ct);
        }
    }
}
