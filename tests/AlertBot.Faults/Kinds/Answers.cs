using AlertBot.Domain.Alerts;
using AlertBot.Faults.Steps;
using AlertBot.Sandbox;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// Of a messenger's answers one to ten in a hundred are wrong: errors, pages of a proxy, waits, garbage, half
/// answers, none at all, connections that break before and after the call is done.
/// </summary>
internal static class Answers
{
    private const int PerSecond = 400;

    // Of a hundred answers, by turns.
    private static readonly double[] Shares = [0.01, 0.05, 0.1, 0.1];

    // Rare, since each of them stops everybody for a second or a chat for longer.
    private const double Rare = 0.02;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // After these nobody knows whether the message arrived.
    private static readonly Func<Fault>[] Unclear =
    [
        () => new Fault.DropBefore(), () => new Fault.DropAfter(), () => new Fault.Garbage(), () => new Fault.HalfAnswer(),
        () => new Fault.ErrorPageAfter(504), () => new Fault.ErrorPage(504),
    ];

    private static readonly Func<Fault>[] Clear =
    [
        () => new Fault.Error(500, "Internal Server Error"), () => new Fault.Error(502, "Bad Gateway"),
        () => new Fault.ErrorPage(502), () => new Fault.ErrorPage(503), () => new Fault.Slow(TimeSpan.FromMilliseconds(200)),
    ];

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        var chats = Math.Clamp(faults, 40, 400);
        await using var ground = await Ground.StartAsync(chats, PerSecond);
        using var sender = Node.Start(ground, Patience);
        var (gate, made) = (new Lock(), new SortedDictionary<string, int>(StringComparer.Ordinal));
        var (count, share) = (0, Shares[^1]);
        ground.Bench.Sandbox.Faults.Draw = (method, chat) =>
        {
            lock (gate)
            {
                if (!method.StartsWith("send", StringComparison.OrdinalIgnoreCase) || count >= faults
                    || random.NextDouble() > share)
                    return null;

                var fault = Of(random);
                count++;
                made[fault.GetType().Name] = made.GetValueOrDefault(fault.GetType().Name) + 1;
                // Also an error is followed by another try, which must not be called a repeat. Only what is unclear may lead to one.
                if (IsUnclear(fault))
                    ground.Disturb(chat);
                return fault;
            }
        };

        while (true)
        {
            lock (gate)
            {
                if (count >= faults)
                    break;
            }

            var fact = await ground.RaiseAsync(random.Next(4) switch { 0 => Severity.Critical, 1 => Severity.Notice, _ => Severity.Urgent });
            await Task.Delay(TimeSpan.FromSeconds(1.1 * chats / PerSecond));
            // Nothing is proved by a heap that waits: the pace of the faults follows what is sent.
            if (fact.Order % 20 != 19)
                continue;
            await ground.SettleAsync();
            lock (gate)
                share = Shares[fact.Order / 20 % Shares.Length];
        }

        var began = ground.Now;
        ground.Bench.Sandbox.Faults.Draw = null;
        await ground.SettleAsync();
        return new Outcome(
            count, await ground.CheckAsync(), ground.Now - began,
            "of these: " + string.Join(", ", made.Select(pair => $"{pair.Value} {pair.Key}")));
    }

    private static bool IsUnclear(Fault fault) => fault is not (Fault.Error or Fault.Slow or Fault.ErrorPage { Status: not 504 });

    private static Fault Of(Random random) => random.NextDouble() switch
    {
        < Rare => new Fault.Error(429, "Too Many Requests: retry after 1", RetryAfter: 1),
        < 2 * Rare => new Fault.Hang(),
        < 3 * Rare => new Fault.HangAfter(),
        < 0.55 => Unclear[random.Next(Unclear.Length)](),
        _ => Clear[random.Next(Clear.Length)](),
    };
}
