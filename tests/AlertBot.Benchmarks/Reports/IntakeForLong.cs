using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Benchmarks.Reports;

/// <summary>
/// Many updates one after the other, received, stored, taken and ended as in production, with a command that does nothing: what stays in memory.
/// </summary>
internal static class IntakeForLong
{
    // So many lie in the inbox at any moment.
    private const int Waiting = 2000;

    public static async Task<bool> RunAsync(Database database, int updates)
    {
        var nothing = new Nothing();
        var channel = new Pouring(updates, () => nothing.Handled + Waiting);
        var texts = TextCatalog.Load(Path.Combine(Configuration.ConfigFolder.Find(), "texts"));
        var wakeups = new Wakeups(database.Source, TimeProvider.System, NullLogger<Wakeups>.Instance);
        var router = new Router([nothing], [], [], nothing);
        var worker = new InboxWorker(
            database, router, texts, [channel], wakeups, nothing, TimeProvider.System, NullLogger<InboxWorker>.Instance);
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(
            wakeups.RunAsync(stop.Token), worker.RunAsync(stop.Token),
            new Receiver(database, channel, TimeProvider.System, NullLogger<Receiver>.Instance).RunAsync(stop.Token));

        var table = new Table("updates", "a second", "heap, MB", "working set, MB");
        var heaps = new List<double>();
        var since = (Updates: 0, At: Stopwatch.GetTimestamp());
        for (var tenth = 1; tenth <= 10; tenth++)
        {
            while (nothing.Handled < (long)updates * tenth / 10)
                await Task.Delay(20);
            var done = nothing.Handled;
            var pace = (done - since.Updates) / Stopwatch.GetElapsedTime(since.At).TotalSeconds;
            heaps.Add(GC.GetTotalMemory(forceFullCollection: true) / 1048576d);
            table.Add(done.ToString(CultureInfo.InvariantCulture), $"{pace:0}", $"{heaps[^1]:0.0}", $"{Environment.WorkingSet >> 20}");
            since = (done, Stopwatch.GetTimestamp());
        }

        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        table.Print();
        // The first fifth fills caches and pools.
        Console.WriteLine($"heap at the end against after a fifth: {heaps[^1] - heaps[1]:0.0} MB more");
        return heaps[^1] - heaps[1] < 8;
    }

    /// <summary>A messenger that has as many updates as one wants, ten of each sender.</summary>
    private sealed class Pouring(int updates, Func<int> most) : IChannel
    {
        private const int Together = 100;

        public ChannelKind Kind => ChannelKind.Telegram;

        public ChannelCapabilities Capabilities { get; } = new(true, true, 4096, 30, 1, 20);

        public bool ReceivesOnOneNode => true;

        public async IAsyncEnumerable<IncomingUpdate> ReceiveAsync([EnumeratorCancellation] CancellationToken ct)
        {
            for (var number = 0; number < updates; number++)
            {
                while (number >= most())
                    await Task.Delay(1, ct);
                var from = new ChannelAddress(ChannelKind.Telegram, (2_000_000 + (number / 10)).ToString(CultureInfo.InvariantCulture));
                yield return new IncomingUpdate($"long-{number}", from, ChatKind.Private, from)
                {
                    Text = "/nothing",
                    Message = new MessageRef(number.ToString(CultureInfo.InvariantCulture)),
                    IsFollowed = number % Together != Together - 1 && number != updates - 1,
                };
            }

            await Task.Delay(Timeout.Infinite, ct);
        }

        public Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message, CancellationToken ct, Action? left = null) =>
            throw new InvalidOperationException("Nothing is sent here.");

        public Task<SendResult> EditAsync(
            ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct, Action? left = null) =>
            throw new InvalidOperationException("Nothing is sent here.");

        public Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct) => Task.CompletedTask;

        public Task SetCommandsAsync(IReadOnlyList<CommandHint> commands, string? language, ChannelAddress? chat, CancellationToken ct) =>
            Task.CompletedTask;

        public Task<FetchedFile?> FetchAsync(string handle, CancellationToken ct) => Task.FromResult<FetchedFile?>(null);

        public Task<bool> AnswerChallengeAsync(string challenge, string answer, CancellationToken ct) => Task.FromResult(false);

        public Task<bool> TrustAsync(ChannelAddress who, CancellationToken ct, string? number = null) => Task.FromResult(false);

        public Task<string?> DeepLinkAsync(string argument, CancellationToken ct) => Task.FromResult<string?>(null);
    }

    private sealed class Nothing : IChatCommand, IChatChanges, IFirstContact
    {
        private int _handled;

        public int Handled => _handled;

        public string Name => "nothing";

        public Role Needs => Role.Reporter;

        public CommandPlace Place => CommandPlace.Anywhere;

        public Task RunAsync(Talk talk, string arguments)
        {
            Interlocked.Increment(ref _handled);
            return Task.CompletedTask;
        }

        public Task HandleAsync(Talk talk, ChatChange change) => Task.CompletedTask;

        public Task HeardAsync(Session session, Address address) => Task.CompletedTask;
    }
}
