using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Configuration;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Stores;
using AlertBot.Postgres.Vaults;
using AlertBot.Sandbox;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.Benchmarks.Sending;

/// <summary>
/// A Telegram with limits and delays, a private PostgreSQL with its real durability, people who wait for alerts, and a sending process that may be
/// killed. All counts are of what Telegram saw.
/// </summary>
internal sealed partial class SendingBench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _directory;
    private readonly BenchDatabase _place;
    private readonly NpgsqlDataSource _source;
    private readonly Vault _vault;
    private readonly Database _database;
    private readonly TextCatalog _texts = TextCatalog.Load(Path.Combine(ConfigFolder.Find(), "texts"));
    private readonly double _perSecond;
    private readonly List<Subscriber> _everybody = [];
    private readonly Dictionary<long, Subscriber> _extra = [];
    private readonly Dictionary<long, Func<IReadOnlyList<SandboxMessage>>> _shows = [];
    private readonly Dictionary<Guid, long> _chatOf = [];
    private SendingProcess? _sender;

    private SendingBench(string directory, BenchDatabase place, SandboxServer sandbox, double perSecond)
    {
        (_directory, _place, Sandbox, _perSecond) = (directory, place, sandbox, perSecond);
        _source = DatabaseSource.Of(place.ConnectionString);
        _vault = Vault.FromKeyFile(KeyFile);
        _database = new Database(_source, _vault, SystemClock.Instance);
    }

    public SandboxServer Sandbox { get; }

    public IReadOnlyList<long> Chats { get; private set; } = [];

    public string KeyFile => Path.Combine(_directory, "keys");

    public PrivateCluster Cluster => _place.Cluster;

    /// <summary>Access to the database past the nodes.</summary>
    public NpgsqlDataSource Source => _source;

    public TextCatalog Texts => _texts;

    /// <summary>By which alerts are raised.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>The database under that clock.</summary>
    public Database Database => _database.Under(Clock);

    /// <param name="extra">Further people, for the warm-up and for urgent alerts.</param>
    public static Task<SendingBench> StartAsync(int chats, int extra, SandboxLimits limits, double perSecond) => StartAsync(
        chats, extra, new SandboxOptions { Limits = limits, Latency = SandboxLatency.Milliseconds(40, 80) }, perSecond);

    /// <summary>The same with Signal, and nobody in it yet.</summary>
    public static Task<SendingBench> StartSignalAsync() => StartAsync(
        0, 0, new SandboxOptions { SignalLimits = new SignalLimits(), Latency = SandboxLatency.Milliseconds(150, 400) }, perSecond: 0);

    /// <param name="clock">By which alerts are raised; null: the machine's.</param>
    public static async Task<SendingBench> StartAsync(int chats, int extra, SandboxOptions options, double perSecond, IClock? clock = null)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"alertbot-bench-{Guid.NewGuid():N}"[..24]);
        Directory.CreateDirectory(directory);
        var place = await BenchDatabase.CreateAsync(directory);
        VaultKeyFile.CreateNew(Path.Combine(directory, "keys"));
        var sandbox = await SandboxServer.StartAsync(options);
        var bench = new SendingBench(directory, place, sandbox, perSecond) { Clock = clock ?? SystemClock.Instance };
        await bench.AddPeopleAsync(chats, extra);
        return bench;
    }

    public string ConnectionString => _place.ConnectionString;

    public void StartSender() => _sender = NewSender();

    /// <summary>What a chat shows.</summary>
    public IReadOnlyList<SandboxMessage> ShownIn(long chat) => _shows[chat]();

    /// <summary>The chat of an address; null if it is nobody's here.</summary>
    public long? ChatOf(Guid address) => _chatOf.TryGetValue(address, out var chat) ? chat : null;

    /// <summary>Starts one more node that sends, or waits for its turn.</summary>
    /// <param name="through">How it reaches the database, if not directly.</param>
    /// <param name="api">How it reaches the messenger, if not directly.</param>
    /// <param name="patience">How long it waits for an answer of the messenger; null: as long as usual.</param>
    public SendingProcess NewSender(string? through = null, Uri? api = null, TimeSpan? patience = null) =>
        SendingProcess.Start(
            through ?? ConnectionString, KeyFile, api ?? Sandbox.Url, _perSecond > 0 ? Sandbox.Token : Sandbox.Signal.Account, _perSecond,
            patience);

    /// <summary>Kills the sender with kill -9.</summary>
    /// <returns>How many deliveries it had in hand, and how many of them had reached Telegram: as many may be repeated.</returns>
    public async Task<(int InHand, int Arrived)> KillSenderAsync()
    {
        _sender!.Kill();
        _sender.Dispose();
        await using var connection = await _source.OpenConnectionAsync();
        var inHand = (await connection.QueryAsync<(Guid Address, string State)>(
            "select address_id, state from delivery where state = 'sending'")).Select(row => row.Address).ToHashSet();
        // The last requests may still be on their way through the sockets.
        await Task.Delay(200);
        var arrived = Arrived().Select(call => call.ChatId).ToHashSet();
        var byAddress = Chats.Zip(_everybody).ToDictionary(pair => pair.Second.Address.Value, pair => pair.First);
        return (inHand.Count, inHand.Count(address => byAddress.TryGetValue(address, out var chat) && arrived.Contains(chat)));
    }

    /// <summary>Writes an alert to everybody.</summary>
    public Task RaiseAsync(string text, Severity severity = Severity.Notice) => RaiseAsync(_everybody, severity, text);

    /// <summary>Writes a critical alert to one of the extra people.</summary>
    public Task RaiseCriticalAsync(long chat, string text) => RaiseAsync([_extra[chat]], Severity.Critical, text);

    public IReadOnlyList<long> Extra => [.. _extra.Keys];

    /// <summary>The messages that Telegram took, in the order of their arrival.</summary>
    public IReadOnlyList<SandboxCall> Arrived() => Sandbox.Calls.Where(call => call is { IsSend: true, Status: 200 }).ToList();

    public int Refusals() => Sandbox.Calls.Count(call => call.Status == 429);

    public static async Task UntilAsync(Func<bool> happened, int everyMilliseconds = 5)
    {
        var patience = Task.Delay(Patience);
        while (!happened())
        {
            if (patience.IsCompleted)
                throw new TimeoutException("What the benchmark waits for does not happen.");
            await Task.Delay(everyMilliseconds);
        }
    }

    /// <summary>Waits until the outbox knows the outcome of every delivery.</summary>
    public async Task UntilSettledAsync()
    {
        await using var connection = await _source.OpenConnectionAsync();
        while (await connection.ExecuteScalarAsync<bool>(
            "select exists (select from delivery where state not in ('sent', 'failed', 'superseded', 'expired'))"))
        {
            // To ask reads the whole table, on the server that is measured.
            await Task.Delay(200);
        }
    }

    public async Task<IReadOnlyDictionary<string, int>> StatesAsync()
    {
        await using var connection = await _source.OpenConnectionAsync();
        return (await connection.QueryAsync<(string State, int Count)>("select state, count(*)::int from delivery group by state"))
            .ToDictionary(row => row.State, row => row.Count);
    }

    public async ValueTask DisposeAsync()
    {
        _sender?.Dispose();
        await Sandbox.DisposeAsync();
        await _source.DisposeAsync();
        _vault.Dispose();
        await _place.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Writes an alert to some of the people; the same alert once, however often it is raised.</summary>
    public Task RaiseAsync(AlertId id, IReadOnlyCollection<long> chats, Severity severity, string text)
    {
        var chosen = chats.ToHashSet();
        return RaiseAsync(Chats.Zip(_everybody).Where(pair => chosen.Contains(pair.First)).Select(pair => pair.Second).ToList(), severity, text, id);
    }

    private async Task RaiseAsync(IReadOnlyCollection<Subscriber> to, Severity severity, string text, AlertId? id = null)
    {
        await using var session = await Database.BeginAsync(CancellationToken.None);
        var draft = new AlertDraft(
            null, new AlertKind("manual"), severity, $"bench:{id?.Value ?? Guid.NewGuid():N}",
            new Line("alert.manual", ("code", "K-7F3Q"), ("text", text)));
        if (id is { } given)
            draft = draft with { Id = given };
        await new Alerts(_texts).RaiseAsync(session, draft, to);
        await session.CommitAsync(CancellationToken.None);
    }

    /// <summary>Adds groups with the bot in them.</summary>
    public async Task<IReadOnlyList<long>> AddGroupsAsync(int count)
    {
        await using var session = await _database.BeginAsync(CancellationToken.None);
        var groups = new List<long>();
        for (var number = 0; number < count; number++)
        {
            var group = Sandbox.AddGroup($"Group {number}", [Sandbox.AddPerson($"Admin {number}")]);
            var address = await session.Addresses.EnsureAsync(group.Address, null, isGroup: true, "en");
            _extra[group.Id] = new Subscriber(address.Id, ChannelKind.Telegram, "en", IsGroup: true);
            _shows[group.Id] = () => group.Messages;
            groups.Add(group.Id);
        }

        await session.CommitAsync(CancellationToken.None);
        return groups;
    }

    /// <summary>Writes many alerts to one chat, each with a mark and a button.</summary>
    /// <returns>When each was committed.</returns>
    public async Task<IReadOnlyList<long>> RaiseSeveralAsync(long chat, int count, Func<int, Severity> severity, bool atOnce)
    {
        var raised = new List<long>();
        for (var number = 0; number < count;)
        {
            await using var session = await _database.BeginAsync(CancellationToken.None);
            do
            {
                var mark = $"[{(severity(number) == Severity.Critical ? "critical" : "urgent")} {number}]";
                var draft = new AlertDraft(
                    null, new AlertKind("manual"), severity(number), $"bench:{Guid.NewGuid():N}",
                    new Line("alert.manual", ("code", "K-7F3Q"), ("text", $"{mark} Taken by four men in plain clothes near the market.")))
                {
                    Buttons = [[("ack.yours", $"take:{number}")]],
                };
                await new Alerts(_texts).RaiseAsync(session, draft, [_extra[chat]]);
                number++;
            }
            while (atOnce && number < count);
            await session.CommitAsync(CancellationToken.None);
            raised.AddRange(Enumerable.Repeat(Stopwatch.GetTimestamp(), number - raised.Count));
        }

        return raised;
    }

    /// <summary>The marks of the alerts that a message shows.</summary>
    public IReadOnlyList<(bool IsCritical, int Number)> MarksIn(long chat, long message) =>
        Marks().Matches(_shows[chat]().First(one => one.Id == message).Text ?? "")
            .Select(match => (match.Groups[1].Value == "critical", int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))).ToList();

    [GeneratedRegex(@"\[(critical|urgent) (\d+)\]")]
    private static partial Regex Marks();

    /// <summary>Adds somebody who is told of what could not be delivered.</summary>
    /// <returns>Their chat.</returns>
    public async Task<long> AddCoordinatorAsync()
    {
        await using var session = await _database.BeginAsync(CancellationToken.None);
        var phone = Sandbox.AddPerson("Coordinator");
        var person = new Person(PersonId.New(), Role.Coordinator, "en", DateTimeZone.Utc, IsFrozen: false);
        await session.People.AddAsync(person);
        await session.Addresses.EnsureAsync(phone.Address, person.Id, isGroup: false, "en");
        await session.CommitAsync(CancellationToken.None);
        return phone.Id;
    }

    private async Task AddPeopleAsync(int chats, int extra)
    {
        await using var session = await _database.BeginAsync(CancellationToken.None);
        var phones = new List<long>();
        for (var number = 0; number < chats + extra; number++)
        {
            var phone = Sandbox.AddPerson($"Person {number}");
            var person = new Person(PersonId.New(), Role.Advocate, "en", DateTimeZone.Utc, IsFrozen: false);
            await session.People.AddAsync(person);
            var address = await session.Addresses.EnsureAsync(phone.Address, person.Id, isGroup: false, "en");
            var subscriber = new Subscriber(address.Id, ChannelKind.Telegram, "en", IsGroup: false);
            if (number < chats)
            {
                phones.Add(phone.Id);
                _everybody.Add(subscriber);
            }
            else
            {
                _extra[phone.Id] = subscriber;
            }

            _shows[phone.Id] = () => phone.Messages;
            _chatOf[address.Id.Value] = phone.Id;
        }

        Chats = phones;
        await session.CommitAsync(CancellationToken.None);
    }
}
