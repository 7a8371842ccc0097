using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Sending;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Replaying;

/// <summary>
/// The setting of a replay: the sandbox with its phones and people, and the real program's workflows, monitors and outbox, all on the replay's clock.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Stage(SandboxServer sandbox, Cast cast, ReplayClock clock, ServiceProvider services) =>
        (Sandbox, Cast, Clock, _services) = (sandbox, cast, clock, services);

    public SandboxServer Sandbox { get; }

    public Cast Cast { get; }

    public ReplayClock Clock { get; }

    public Database Database => Get<Database>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public IEnumerable<T> All<T>()
        where T : notnull => _services.GetServices<T>();

    /// <param name="sandbox">Its clock must be <paramref name="clock"/>. Disposing of the stage leaves it open.</param>
    /// <param name="database">Migrated and empty.</param>
    public static async Task<Stage> SetAsync(
        Ground ground, Database database, SandboxServer sandbox, Cast cast, ReplayClock clock, CancellationToken ct)
    {
        var services = new ServiceCollection();
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Warning));
        services.AddAlertBot(ground, database.Under(clock));
        services.AddTelegram(new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url, MessagesPerSecond = 1000 });
        services.AddSignal(new SignalSettings(sandbox.Url, sandbox.Signal.Account));
        services.AddSingleton<IClock>(clock).AddSingleton<TimeProvider>(new ReplayTime(clock));
        var stage = new Stage(sandbox, cast, clock, services.BuildServiceProvider());
        await stage.FillAsync(ground, ct);
        return stage;
    }

    /// <summary>Sends everything that is due at this moment of the replay.</summary>
    public async Task DeliverAsync(CancellationToken ct)
    {
        await Get<InboxWorker>().DrainAsync(ct);
        foreach (var dispatcher in All<Dispatcher>())
            await dispatcher.DrainAsync(ct);
    }

    public async Task<Actor> ActorAsync(Session session, SandboxPhone phone) =>
        await session.Addresses.FindAsync(phone.Address) is { Person: { } id } && await session.People.FindAsync(id) is { } person
            ? Actor.Of(person)
            : throw new InvalidOperationException("A person of the cast is not on file.");

    /// <summary>Subscribes the cast's advocates and group to a case.</summary>
    public async Task SubscribeAsync(Session session, CaseId @case)
    {
        foreach (var address in Cast.Advocates.Select(advocate => advocate.Address).Append(Cast.Group.Address).Concat(
            Cast.OnSignal is { } phone ? [phone.Address] : []))
        {
            if (await session.Addresses.FindAsync(address) is { } known)
                await session.Subscriptions.AddAsync(@case, known.Id, null);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task FillAsync(Ground ground, CancellationToken ct)
    {
        await using var session = await Database.BeginAsync(Actor.Operator, ct);
        var import = Get<ImportPeople>();
        foreach (var (role, address, language) in Cast.Rows)
        {
            if (await import.LineAsync(session, [role, address.Channel.ToString(), address.Value, language]) is { Done: false } refused)
                throw new InvalidOperationException(refused.Said.In(TextCatalog.FallbackLanguage, ground.Texts).Plain);
            // A bot may write only to people who wrote first, so each phone of the cast did so before the play.
            if (address.Channel == ChannelKind.Telegram && await session.Addresses.FindAsync(address) is { IsGroup: false } known)
                await Get<Handshake>().HeardAsync(session, known);
        }

        await session.CommitAsync(ct);
    }
}
