using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Postgres.Vaults;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using AlertBot.Workflows;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Sending;
using AlertBot.Workflows.Texts;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AlertBot.IntegrationTests.Support;

/// <summary>
/// The sending side on a real database, with a sandbox that behaves like Telegram. Its clock stands still: <see cref="SendAsync"/> sends what is due,
/// and later messages become due when the test moves the clock.
/// </summary>
internal sealed class SendingFixture : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    // Marks the test's own connections, which survive when it cuts the others.
    private const string Own = "the test itself";

    private readonly TestDatabase _test;
    private readonly Npgsql.NpgsqlDataSource _own;
    private readonly Database _acts;
    private readonly ServiceProvider _services;
    private readonly List<IDisposable> _channels = [];

    private SendingFixture(TestDatabase test, SandboxServer sandbox, Vault vault)
    {
        (_test, Sandbox, Vault) = (test, sandbox, vault);
        Database = new Database(test.Source, vault, Clock);
        _own = Npgsql.NpgsqlDataSource.Create(test.ConnectionString + ";Application Name=" + Own);
        _acts = new Database(_own, vault, Clock);
        Time = new ManualTimeProvider(Clock);
        Wakeups = new Wakeups(test.Source, Time, Logs.For<Wakeups>());
        Telegram = NewChannel();
        _services = new ServiceCollection().AddWorkflows().AddSingleton(Database).AddSingleton(Texts).AddSingleton(IncidentPolicy.Usual)
            .AddSingleton<IClock>(Clock).AddSingleton<TimeProvider>(Time).BuildServiceProvider();
    }

    public static TextCatalog Texts { get; } = TextCatalog.Load(Path.Combine(ConfigFolder.Find(), "texts"));

    public SandboxServer Sandbox { get; }

    public Vault Vault { get; }

    public Database Database { get; }

    public TestClock Clock { get; } = TestClock.AtUtc(2026, 3, 2, 12);

    /// <summary>Moves the clock.</summary>
    public ManualTimeProvider Time { get; }

    public CollectedLogs Logs { get; } = new();

    public Wakeups Wakeups { get; }

    public IChannel Telegram { get; }

    public Instant Now => Clock.Now;

    public static async Task<SendingFixture> StartAsync(SandboxOptions? options = null, Vault? vault = null)
    {
        var sandbox = await SandboxServer.StartAsync(options);
        using var key = VaultKey.New();
        return new SendingFixture(await TestDatabase.CreateAsync(), sandbox, vault ?? new Vault(key));
    }

    /// <summary>An act of the program, made as the program makes it.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Dispatcher NewDispatcher(IChannel? channel = null) =>
        new(Database, channel ?? Telegram, Get<RecordOutcome>(), Texts, Wakeups, Clock, Time, Logs.For<Dispatcher>());

    /// <summary>Sends all that is due now.</summary>
    public Task SendAsync(IChannel? channel = null) => NewDispatcher(channel).DrainAsync(CancellationToken.None);

    /// <summary>Sends what is due after that time.</summary>
    public Task SendAfterAsync(Duration wait)
    {
        Clock.Advance(wait);
        return SendAsync();
    }

    /// <summary>A node that sends as in production, while the test lets time pass.</summary>
    /// <param name="withWakeups">True: a commit wakes it.</param>
    public RunningSender Running(IChannel? channel = null, bool withWakeups = false) => new(
        stop => Task.WhenAll(NewDispatcher(channel).RunAsync(stop), withWakeups ? Wakeups.RunAsync(stop) : Task.CompletedTask));

    /// <summary>Lets time pass quickly until something has happened.</summary>
    public async Task UntilAsync(Func<Task<bool>> happened, TimeSpan? step = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await happened())
        {
            Time.Advance(step ?? TimeSpan.FromMilliseconds(20));
            await Task.Delay(1, patience.Token);
        }
    }

    public Task UntilAsync(Func<bool> happened, TimeSpan? step = null) => UntilAsync(() => Task.FromResult(happened()), step);

    /// <summary>Waits until something has happened while the clock stands still.</summary>
    public static Task UntilStillAsync(Func<bool> happened) => UntilStillAsync(() => Task.FromResult(happened()));

    public static async Task UntilStillAsync(Func<Task<bool>> happened)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await happened())
            await Task.Delay(1, patience.Token);
    }

    /// <summary>Waits until that many senders have found nothing to do, wait for the clock, and listen. No time passes.</summary>
    public async Task UntilWaitingAsync(int waiting)
    {
        using var patience = new CancellationTokenSource(Patience);
        for (var quiet = 0; quiet < 10; quiet++)
        {
            await Task.Delay(2, patience.Token);
            if (!await ListensAsync() || Time.WaitingTimers < waiting)
                quiet = -1;
        }
    }

    /// <summary>Waits until a node has found nothing to send, and listens. No time passes.</summary>
    public async Task UntilIdleAsync()
    {
        await UntilStillAsync(() => Logs.Text.Contains("This node sends", StringComparison.Ordinal));
        await UntilWaitingAsync(1);
    }

    /// <summary>Acts like a restart of the database: every connection breaks except the test's own.</summary>
    public Task CutConnectionsAsync() => ExecuteAsync(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and backend_type = 'client backend' "
        + "and application_name <> @Own", new { Own });

    public TelegramChannel NewChannel(Func<TelegramSettings, TelegramSettings>? with = null)
    {
        // The clock runs ahead here, so the timeouts are long enough that a real moment does not exceed them.
        var settings = new TelegramSettings(Sandbox.Token) { ApiUrl = Sandbox.Url, RequestTimeout = TimeSpan.FromDays(1) };
        var channel = new TelegramChannel(with?.Invoke(settings) ?? settings, Logs.For<TelegramChannel>(), Time);
        _channels.Add(channel);
        return channel;
    }

    public async Task<(SandboxPhone Phone, Address Address)> AddPersonAsync(Role role = Role.Advocate, string language = "en")
    {
        var phone = Sandbox.AddPerson($"{role}", language);
        var person = new Person(PersonId.New(), role, language, DateTimeZone.Utc, IsFrozen: false);
        return (phone, await InAsync(async session =>
        {
            await session.People.AddAsync(person);
            return await session.Addresses.EnsureAsync(phone.Address, person.Id, isGroup: false, language);
        }));
    }

    /// <summary>Somebody on the other, scripted messenger.</summary>
    /// <param name="person">The person whose second address it is; null: a new person.</param>
    public Task<Address> AddSignalPersonAsync(Role role = Role.Advocate, PersonId? person = null) => InAsync(async session =>
    {
        var id = person ?? PersonId.New();
        if (person is null)
            await session.People.AddAsync(new Person(id, role, "en", DateTimeZone.Utc, IsFrozen: false));
        return await session.Addresses.EnsureAsync(new ChannelAddress(ChannelKind.Signal, Guid.NewGuid().ToString()), id, isGroup: false, "en");
    });

    /// <summary>A group with the bot and one person in it; <paramref name="topic"/> names the topic that gets messages.</summary>
    public async Task<(SandboxGroup Group, Address Address)> AddGroupAsync(bool isBasic = false, string? topic = null)
    {
        var group = Sandbox.AddGroup("Lawyers", [Sandbox.AddPerson("Admin")], isForum: topic is not null, isBasic: isBasic);
        var at = topic is null ? group.Address : group.AddressOf(group.AddTopic(topic));
        return (group, await InAsync(session => session.Addresses.EnsureAsync(at, null, isGroup: true, "en")));
    }

    public async Task<CaseFile> AddCaseAsync(params Address[] subscribers)
    {
        var file = new CaseFile(CaseId.New(), CaseCode.New(), DateTimeZone.Utc, ["KZ"], CaseStatus.Open, []);
        await InAsync(async session =>
        {
            await session.Cases.AddAsync(file, [], null);
            foreach (var subscriber in subscribers)
                await session.Subscriptions.AddAsync(file.Id, subscriber.Id, null);
            return true;
        });
        return file;
    }

    /// <summary>Raises a case's alert for these addresses.</summary>
    public Task<AlertId> RaiseAsync(Severity severity, string text, CaseFile? about, params Address[] to) => InAsync(async session =>
    {
        var draft = new AlertDraft(
            about?.Id, new AlertKind("manual"), severity, $"test:{Guid.NewGuid():N}", new Line(
                "alert.manual", ("code", about?.Code.Text ?? "K-7F3Q"), ("text", text)));
        await Get<Alerts>().RaiseAsync(session, draft, to.Select(one => new Subscriber(one.Id, one.At.Channel, one.Language, one.IsGroup)).ToList());
        return draft.Id;
    });

    public Task<AlertId> RaiseAsync(Severity severity, string text, params Address[] to) => RaiseAsync(severity, text, null, to);

    /// <summary>Adds a message that belongs to no alert.</summary>
    public async Task<DeliveryId> AddAsync(
        Address to, string text, DeliveryPriority priority = DeliveryPriority.Now, Func<NewDelivery, NewDelivery>? but = null)
    {
        var delivery = new NewDelivery(
            $"test:{Guid.NewGuid():N}", to.Id, to.At.Channel, priority, new OutgoingMessage(RichText.Of(text)), RichText.Of("May be a repeat."),
            Now, Now + Duration.FromDays(1));
        delivery = but?.Invoke(delivery) ?? delivery;
        await InAsync(session => session.Outbox.AddAsync(delivery));
        return delivery.Id;
    }

    /// <summary>Runs one act and commits it.</summary>
    public async Task<T> InAsync<T>(Func<Session, Task<T>> act)
    {
        await using var session = await _acts.BeginAsync(CancellationToken.None);
        var result = await act(session);
        await session.CommitAsync(CancellationToken.None);
        return result;
    }

    public async Task<DeliveryRow> RowAsync(DeliveryId id) => Assert.Single(await RowsAsync("id = @Value", new { id.Value }));

    /// <summary>The only delivery of an alert.</summary>
    public async Task<DeliveryRow> RowAsync(AlertId alert) => Assert.Single(await RowsAsync("alert_id = @Value", new { alert.Value }));

    public async Task<DeliveryRow> RowAsync(AlertId alert, Address to) =>
        Assert.Single(await RowsAsync("alert_id = @Value and address_id = @To", new { alert.Value, To = to.Id.Value }));

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _own.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<T?> ValueAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await _own.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql, parameters);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
            channel.Dispose();
        await _services.DisposeAsync();
        await Sandbox.DisposeAsync();
        await _own.DisposeAsync();
        await _test.DisposeAsync();
        Logs.Dispose();
    }

    private Task<bool> ListensAsync() => ValueAsync<bool>(
        "select exists (select from pg_stat_activity where datname = current_database() and query like 'listen%' and state = 'idle')");

    private async Task<IReadOnlyList<DeliveryRow>> RowsAsync(string where, object parameters)
    {
        await using var connection = await _own.OpenConnectionAsync();
        return (await connection.QueryAsync<DeliveryRow>(
            $"""
            select state, outcome, attempts, unclear, parts_sent, not_before, message_ref,
                   body is not null as has_body, finished_at is not null as is_over from delivery where {where} order by seq
            """,
            parameters)).AsList();
    }
}

/// <summary>A delivery's row in the database.</summary>
internal sealed record DeliveryRow(
    string State, string? Outcome, int Attempts, int Unclear, int PartsSent, Instant NotBefore, string? MessageRef, bool HasBody, bool IsOver);
