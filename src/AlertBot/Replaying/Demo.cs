using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Cli;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Jobs;
using AlertBot.Hosting;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.Chat;

namespace AlertBot.Replaying;

/// <summary>
/// The whole system with the sandbox in the place of Telegram and Signal. It tells a story with the running program, or plays public histories
/// on their own clock, and then leaves the phones to the visitor.
/// </summary>
/// <param name="directory">The directory of the private database, which is emptied.</param>
/// <param name="tell">Says what happens, a line at a time.</param>
public sealed class Demo(Ground ground, SandboxServer sandbox, ReplayClock clock, string directory, Action<string> tell)
{
    private Cast? _cast;

    private Cast People => _cast ??= Cast.On(sandbox).AndSignal(sandbox);

    /// <summary>Stores the cast, on the real clock.</summary>
    /// <param name="withCase">Whether to store the story's case too.</param>
    public Task SetAsync(bool withCase, CancellationToken ct)
    {
        clock.GoLive();
        return OnStageAsync((stage, _) => withCase ? StoryCase.OpenAsync(stage) : Task.CompletedTask, ct);
    }

    /// <summary>Stores the cast and plays the histories on the page.</summary>
    /// <param name="speed">Days of the histories in a second.</param>
    public Task PlayAsync(IReadOnlyList<Scenario> scenarios, double speed, CancellationToken ct) => OnStageAsync(
        async (stage, database) =>
        {
            sandbox.SetMode("replay");
            await new Histories(ground, sandbox, stage, tell).PlayAsync(scenarios, speed, ct);
            await ToTheRealTimeAsync(stage, database, ct);
        },
        ct);

    /// <summary>Starts the real program on the same database, with the same people.</summary>
    public async Task<Server> GoLiveAsync(CancellationToken ct, Action<IServiceCollection>? also = null)
    {
        clock.GoLive();
        sandbox.SetMode("live");
        var live = ground with
        {
            Settings = ground.Settings with
            {
                ConnectionString = null,
                KeyFile = null,
                Signal = new SignalSettings(sandbox.Url, sandbox.Signal.Account),
                Telegram = new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url },
                LogLevel = LogLevel.Warning,
            },
        };
        var server = await Server.StartAsync(live, ct, directory, also);
        await SetMenusAsync(server.Services, ct);
        return server;
    }

    /// <summary>Tells the story until it ends or the visitor skips it.</summary>
    public async Task TellAsync(CancellationToken ct, double pace = 1, Func<StoryScene, Task>? shown = null)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var skip = SkipAsync(enough);
        try
        {
            await new Story(sandbox, People, ground.Texts, clock, tell) { Pace = pace, Shown = shown ?? (_ => Task.CompletedTask) }
                .PlayAsync(enough.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The visitor skipped the rest.
        }

        await enough.CancelAsync();
        await skip;
    }

    /// <summary>Says above the phones what to try, and offers the other parts of the demo.</summary>
    /// <param name="choices">The word that a choice sends, and its button's label.</param>
    public void Offer(string caption, bool withCase, params (string Word, string Label)[] choices) =>
        sandbox.Say(ThingsToTry.For(People, caption, withCase ? StoryCase.Code : null) with { Choices = choices });

    private async Task SkipAsync(CancellationTokenSource enough)
    {
        try
        {
            while (await sandbox.Choices.ReadAsync(enough.Token) != Story.Skip)
            {
                // The visitor pressed a button of an earlier offer.
            }

            await enough.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The story ended before a visitor skipped it.
        }
    }

    private async Task OnStageAsync(Func<Stage, Database, Task> act, CancellationToken ct)
    {
        using var log = Output.QuietLog();
        await using var storage = await Storage.OpenAsync(ground, log, ct, directory);
        await storage.EmptyAsync(ct);
        tell($"Database: private PostgreSQL {storage.PrivateVersion} in {storage.Directory}");
        await using var stage = await Stage.SetAsync(ground, storage.Database, sandbox, People, clock, ct);
        await act(stage, storage.Database);
    }

    // Nobody waited for the bot between the end of the histories and today. What fell due meanwhile is dropped, so that the bot does not send it with
    // an apology for being late.
    private async Task ToTheRealTimeAsync(Stage stage, Database database, CancellationToken ct)
    {
        clock.GoLive();
        foreach (var job in stage.All<IRecurringJob>().Where(job => job.Schedule is JobSchedule.Every))
            await job.RunAsync(ct);
        await using var session = await database.BeginAsync(ct);
        await session.Outbox.DropWaitingAsync();
        await session.CommitAsync(ct);
    }

    // The menu otherwise comes with the invitation, which the cast did not use.
    private async Task SetMenusAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var session = await services.GetRequiredService<Database>().BeginAsync(ct);
        foreach (var (_, at, _) in People.Rows)
        {
            if (await session.Addresses.FindAsync(at) is { Person: { } id } address && await session.People.FindAsync(id) is { } person)
                await services.GetRequiredService<CommandMenus>().SetForAsync(
                    services.GetRequiredService<IReadOnlyList<IChannel>>(), person, address, ct);
        }
    }
}
