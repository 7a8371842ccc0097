using AlertBot.Benchmarks.Sending;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Alerts;
using AlertBot.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// The clock jumps by an hour and by a day, forward and back, while messages wait for their time: some have just been refused or are unclear, others
/// were raised a moment ago.
/// </summary>
internal static class ClockJumps
{
    private const int Chats = 20;
    private static readonly Duration[] Jumps =
        [Duration.FromHours(1), Duration.FromDays(1), Duration.FromHours(-1), Duration.FromDays(-1), Duration.FromDays(-1), Duration.FromDays(1)];

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        var clock = new JumpingClock();
        await using var ground = await Ground.StartAsync(Chats, perSecond: 100, clock);
        using var channel = new TelegramChannel(
            new TelegramSettings(ground.Bench.Sandbox.Token) { ApiUrl = ground.Bench.Sandbox.Url, MessagesPerSecond = 100 },
            NullLogger<TelegramChannel>.Instance);
        using var stop = new CancellationTokenSource();
        var sending = SendingProcess.SendAsync(ground.Bench.Database, channel, clock, NullLoggerFactory.Instance, stop.Token);
        await ground.RaiseAsync();
        await ground.SettleAsync();
        var (slowest, dropped) = (TimeSpan.Zero, 0);
        ground.Bench.Sandbox.Faults.Draw = (method, chat) =>
        {
            if (!method.StartsWith("send", StringComparison.OrdinalIgnoreCase) || Interlocked.Decrement(ref dropped) < 0)
                return null;
            ground.Disturb(chat);
            return new Fault.DropAfter();
        };
        for (var number = 0; number < faults; number++)
        {
            // Some must be sent again, and so wait for a time by the clock of before.
            ground.Bench.Sandbox.Faults.Plan(new Fault.Error(500, "Internal Server Error"), times: 3);
            Interlocked.Exchange(ref dropped, 2);
            ground.Disturb();
            await ground.RaiseAsync(number % 2 == 0 ? Severity.Critical : Severity.Urgent);
            await Task.Delay(random.Next(20, 300));
            // What is on its way when the clock goes forward has been so for longer than its lease, by that clock.
            ground.Disturb();
            clock.Jump(Jumps[number % Jumps.Length]);
            await ground.RaiseAsync();
            ground.Disturb();
            var began = ground.Now;
            await ground.SettleAsync();
            var took = ground.Now - began;
            slowest = took > slowest ? took : slowest;
        }

        var findings = await ground.CheckAsync();
        await stop.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new Outcome(faults, findings, slowest);
    }

    /// <summary>The machine's clock, set wrong.</summary>
    private sealed class JumpingClock : IClock
    {
        private long _ahead;

        public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + Duration.FromTicks(Interlocked.Read(ref _ahead));

        public void Jump(Duration by) => Interlocked.Add(ref _ahead, by.BclCompatibleTicks);
    }
}
