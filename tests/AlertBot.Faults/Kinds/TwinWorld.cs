using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Stores;
using AlertBot.Postgres.Vaults;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// A small world in which everything is there twice: two cases with a hearing, two check-ins, two reports with a picture, two of each kind of people.
/// What is damaged belongs to the first of them; the second must hear all that they would hear without it.
/// </summary>
internal sealed class TwinWorld : IAsyncDisposable
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly Duration Ahead = Duration.FromHours(26);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly RunningBot _bot;
    private readonly TestDatabase _database;
    private readonly Vault _vault;
    private readonly List<(long Id, string Name)> _phones = [];
    private readonly Dictionary<int, List<long>> _of = new() { [0] = [], [1] = [] };
    private readonly Dictionary<int, List<Guid>> _ids = new() { [0] = [], [1] = [] };

    private TwinWorld(RunningBot bot, TestDatabase database, Vault vault) => (_bot, _database, _vault) = (bot, database, vault);

    /// <summary>What everything of one twin has in its row: the ids of their people, addresses and cases.</summary>
    public IReadOnlyList<Guid> IdsOf(int twin) => _ids[twin];

    public static async Task<TwinWorld> MakeAsync()
    {
        var database = await TestDatabase.CreateAsync();
        using var key = VaultKey.New();
        var vault = new Vault(key);
        var bot = await RunningBot.StartAsync(Start, vault, on: database);
        var world = new TwinWorld(bot, database, vault);
        var coordinator = await bot.AddAsync(Role.Coordinator, "Coordinator");
        world._phones.Add((coordinator.Id, coordinator.Name));
        for (var twin = 0; twin < 2; twin++)
            await world.AddAsync(twin, coordinator);
        await bot.SettleAsync();
        await bot.StopAsync();
        for (var twin = 0; twin < 2; twin++)
            await world.LeaveWaitingAsync(twin);
        await world.CollectIdsAsync();
        bot.Get<NpgsqlDataSource>().Clear();
        return world;
    }

    /// <summary>Lets a day pass in a copy of the world: all jobs run, what is due is sent, what waits is handled.</summary>
    /// <param name="damage">Is done to the copy first; false if there is nothing to damage.</param>
    /// <param name="expected">What the second twins must hear; null: whatever comes.</param>
    public async Task<Day?> LiveAsync(Func<NpgsqlConnection, Task<bool>> damage, IReadOnlyDictionary<long, List<string>>? expected)
    {
        var copy = await TestDatabase.CopyAsync(_database);
        await using (var connection = new NpgsqlConnection(copy.ConnectionString))
        {
            await connection.OpenAsync();
            if (!await damage(connection))
            {
                await connection.CloseAsync();
                NpgsqlConnection.ClearPool(connection);
                await copy.DisposeAsync();
                return null;
            }
        }

        await using var bot = await RunningBot.StartAsync(Start + Ahead, _vault, on: copy);
        var phones = _phones.ToDictionary(one => one.Id, one => bot.Sandbox.AddPerson(one.Name, "en", id: one.Id));
        var troubles = new List<string>();
        for (var round = 0; round < 2; round++)
        {
            foreach (var job in bot.Services.GetServices<IRecurringJob>())
            {
                if (await TryAsync(job) is { } trouble)
                    troubles.Add(trouble);
            }

            bot.Get<Postgres.Wakeups>().Raise(Postgres.Wakeups.Outbox);
        }

        Dictionary<long, List<string>> Heard() => _of[1].ToDictionary(
            id => id, id => phones[id].Messages.Where(one => one.IsFromBot).Select(one => one.Text).ToList());
        var missing = new List<string>();
        for (var until = System.Diagnostics.Stopwatch.StartNew(); until.Elapsed < Patience; await Task.Delay(30))
        {
            missing = expected is null ? [] : Missing(expected, Heard());
            if (expected is null ? until.Elapsed > Patience / 3 : missing.Count == 0)
                break;
        }

        return new Day(Heard(), missing, troubles);
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        // No pool, because nobody may be connected to a database while it is copied.
        var connection = new NpgsqlConnection(_database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        _vault.Dispose();
    }

    private async Task AddAsync(int twin, SandboxPhone coordinator)
    {
        var name = twin == 0 ? "Testbay Invented" : "Quixota Imagined";
        var advocate = await _bot.AddAsync(Role.Advocate, $"Advocate {twin}");
        var file = await _bot.OpenCaseAsync(name);
        await _bot.FollowAsync(advocate, file);
        await _bot.ActAsync(session => _bot.Get<RecordEvent>().RunAsync(
            session.As(Actor.Operator), file.Id,
            new CaseEvent(EventId.New(), EventKinds.Find("hearing_set")!.Value, DayOf("2026-03-02", file)) { Sets = DayOf("2026-03-04", file) }));
        _ids[twin].Add(file.Id.Value);

        var person = _bot.Sandbox.AddPerson($"Person {twin}");
        await AskForCheckInsAsync(person, name);
        var witness = _bot.Sandbox.AddPerson($"Witness {twin}");
        witness.SendText($"They took {name} from home yesterday at 10 in the evening");
        await witness.WaitForTextAsync("few short questions");
        witness.SendPhoto([0xFF, 0xD8, 0xFF, 0xD9]);
        await _bot.SettleAsync();
        _of[twin].AddRange([advocate.Id, person.Id, witness.Id]);
        _phones.AddRange(new[] { advocate, person, witness }.Select(one => (one.Id, one.Name)));
    }

    private static async Task AskForCheckInsAsync(SandboxPhone person, string name)
    {
        var asked = await RunningBot.SayAsync(person, "/checkin");
        asked = await RunningBot.PressAsync(person, asked, "Continue");
        asked = await RunningBot.PressAsync(person, asked, "Every 6 hours");
        await RunningBot.PressAsync(person, asked, "30 minutes");
        asked = await RunningBot.SayAsync(person, name);
        await RunningBot.PressAsync(person, asked, "That is right");
    }

    // An alert that is not sent yet, and words that nobody has read.
    private async Task LeaveWaitingAsync(int twin)
    {
        await _bot.ActAsync(async session =>
        {
            var phone = _of[twin][0];
            var at = (await session.Addresses.FindAsync(new Domain.Channels.ChannelAddress(Domain.Channels.ChannelKind.Telegram, $"{phone}")))!;
            var draft = new AlertDraft(
                null, new AlertKind("manual"), Severity.Critical, $"waiting:{twin}",
                new Line("alert.manual", ("code", "K-7F3Q"), ("text", $"waits for {twin}")));
            await _bot.Get<Alerts>().RaiseAsync(session, draft, [new Subscriber(at.Id, at.At.Channel, "en", IsGroup: false)]);
            return true;
        });
    }

    private async Task CollectIdsAsync()
    {
        for (var twin = 0; twin < 2; twin++)
        {
            foreach (var phone in _of[twin])
            {
                var address = await _bot.ActAsync(
                    session => session.Addresses.FindAsync(new Domain.Channels.ChannelAddress(Domain.Channels.ChannelKind.Telegram, $"{phone}")));
                _ids[twin].Add(address!.Id.Value);
                if (address.Person is { } person)
                    _ids[twin].Add(person.Value);
            }
        }

        await using var connection = await OpenAsync();
        for (var twin = 0; twin < 2; twin++)
        {
            _ids[twin].AddRange(await connection.QueryAsync<Guid>(
                """
                select id from report where address_id = any(@ids)
                union
                select incident_id from report where address_id = any(@ids) and incident_id is not null
                """,
                new { ids = _ids[twin].ToArray() }));
        }
    }

    private static async Task<string?> TryAsync(IRecurringJob job)
    {
        try
        {
            await job.RunAsync(CancellationToken.None).WaitAsync(Patience);
            return null;
        }
        catch (TimeoutException)
        {
            return $"{job.Name} does not end";
        }
        catch (Exception failure)
        {
            return $"{job.Name} failed ({failure.GetType().Name})";
        }
    }

    private static List<string> Missing(IReadOnlyDictionary<long, List<string>> expected, Dictionary<long, List<string>> heard) =>
        expected.SelectMany(one => one.Value.Where(text => !heard[one.Key].Contains(text, StringComparer.Ordinal))).ToList();

    private static Domain.Time.When DayOf(string day, CaseFile file) => Domain.Time.WhenText.Read(day, file.Zone)!;

    /// <summary>A day in the world.</summary>
    /// <param name="Heard">By phone of the second twins.</param>
    /// <param name="Troubles">Jobs that failed or did not end.</param>
    internal sealed record Day(Dictionary<long, List<string>> Heard, List<string> Missing, List<string> Troubles);
}
