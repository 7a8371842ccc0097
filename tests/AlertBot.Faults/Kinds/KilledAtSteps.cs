using AlertBot.Benchmarks.Sending;
using AlertBot.Domain.Alerts;
using AlertBot.Faults.Steps;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// kill -9 of the sending process at each of its steps. Which steps there are, a delivery without a fault shows: nobody lists them. Another node
/// stands by, as in production.
/// </summary>
internal static class KilledAtSteps
{
    private const int Chats = 6;
    private const int FreshTries = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private static readonly StepPart[] Parts =
        [StepPart.BeforeRequest, StepPart.HalfRequest, StepPart.BeforeAnswer, StepPart.HalfAnswer, StepPart.AfterAnswer];

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        await using var ground = await Ground.StartAsync(Chats, perSecond: 100);
        var sender = Node.Start(ground);
        var standby = default(Node);
        try
        {
            var steps = await TraceAsync(ground, sender);
            standby = Node.Start(ground);
            await standby.UntilReadyAsync();
            var places = steps.SelectMany(step => Parts.Select(part => new Step(step, part))).ToList();
            var struck = new List<Step>();
            var missed = new Queue<Step>();
            async Task ReplaceAsync()
            {
                sender.Dispose();
                (sender, standby) = (standby, Node.Start(ground));
                await standby.UntilReadyAsync();
            }

            async Task<bool> TryAsync(Step place)
            {
                var isStruck = await StrikeAsync(ground, sender, place);
                if (isStruck)
                {
                    struck.Add(place);
                    await ReplaceAsync();
                }

                await ground.SettleAsync();
                // On a slow machine the newest node may have been the first to find that nobody sends.
                if (standby.LastSent > (sender.LastSent ?? TimeSpan.Zero))
                    (sender, standby) = (standby, sender);
                return isStruck;
            }

            foreach (var place in Order(places, faults, random))
            {
                if (!await TryAsync(place))
                    missed.Enqueue(place);
            }

            // Some steps a node takes only when it is new: it opens a connection, and keeps it.
            while (missed.TryDequeue(out var place))
            {
                var tries = 0;
                do
                    await ReplaceAsync();
                while (!await TryAsync(place) && ++tries < FreshTries);
            }

            var began = ground.Now;
            await ground.SettleAsync();
            var settled = ground.Now - began;
            var findings = await ground.CheckAsync();
            if (faults >= places.Count)
                findings = findings.With([.. places.Except(struck).Select(one => $"nothing was killed at {one}")]);
            return new Outcome(
                struck.Count, findings, settled,
                [$"{steps.Count} steps of a delivery, {places.Count} places to die:", .. steps.Select(step => "  " + step)]);
        }
        finally
        {
            sender.Dispose();
            standby?.Dispose();
        }
    }

    /// <summary>The steps of a node from an alert to its recorded outcome, by name, in the order of their first time.</summary>
    public static async Task<IReadOnlyList<string>> TraceAsync(Ground ground, Node node)
    {
        await ground.RaiseAsync();
        await ground.SettleAsync();
        var from = ground.Now;
        await ground.RaiseAsync();
        await ground.SettleAsync();
        return node.Seen.Where(one => one.At >= from).Select(one => one.Step).Distinct().ToList();
    }

    // All places once, then all again in another order, and the sending itself first of all: a small size must not miss it.
    private static List<Step> Order(List<Step> places, int count, Random random)
    {
        var sending = places.Where(place => place.Name.Contains("sendMessage", StringComparison.Ordinal)).ToList();
        var all = sending.AsEnumerable();
        while (all.Count() < count)
            all = all.Concat(places.OrderBy(_ => random.Next()).ToList());
        return all.Take(count).ToList();
    }

    // False if that step does not come, as may be for one that goes by the clock, or that this node is done with.
    private static async Task<bool> StrikeAsync(Ground ground, Node sender, Step place)
    {
        var struck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isArmed = 1;
        Wire.Verdict Kill(Wire.Verdict verdict)
        {
            if (Interlocked.Exchange(ref isArmed, 0) == 0)
                return Wire.Verdict.Drop;
            sender.Kill();
            struck.TrySetResult();
            return verdict;
        }

        sender.OnStep = (piece, asking) => struck.Task.IsCompleted ? Wire.Verdict.Drop
            : asking.Step != place.Name ? Wire.Verdict.Pass
            : (piece.IsRequest, place.Part) switch
            {
                (true, StepPart.BeforeRequest) => Kill(Wire.Verdict.Drop),
                (true, StepPart.HalfRequest) => Kill(Wire.Verdict.Half),
                (false, StepPart.BeforeAnswer) => Kill(Wire.Verdict.Drop),
                (false, StepPart.HalfAnswer) => Kill(Wire.Verdict.Half),
                (false, StepPart.AfterAnswer) => Kill(Wire.Verdict.Pass),
                _ => Wire.Verdict.Pass,
            };
        await ground.RaiseAsync(Severity.Critical);
        await Task.WhenAny(struck.Task, Task.Delay(Patience));
        if (!struck.Task.IsCompleted)
            sender.OnStep = null;
        return struck.Task.IsCompleted;
    }
}
