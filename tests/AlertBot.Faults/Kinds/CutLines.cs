using AlertBot.Benchmarks.Sending;
using AlertBot.Domain.Alerts;
using AlertBot.Faults.Steps;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// Connections break in the middle of a request and of an answer: each step once at each place, then anywhere. First those to the messenger, then
/// those to the database.
/// </summary>
internal static class CutLines
{
    private const int Chats = 20;
    private const double Chance = 0.06;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly StepPart[] Parts = [StepPart.BeforeRequest, StepPart.HalfRequest, StepPart.BeforeAnswer, StepPart.HalfAnswer];

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        await using var ground = await Ground.StartAsync(Chats, perSecond: 200);
        using var sender = Node.Start(ground);
        var steps = await KilledAtSteps.TraceAsync(ground, sender);
        var places = steps.SelectMany(step => Parts.Select(part => new Step(step, part))).OrderBy(_ => random.Next()).ToList();
        var count = 0;
        foreach (var place in places.Take(faults / 2))
        {
            if (await BreakAsync(ground, sender, place))
                count++;
        }

        var systematic = count;
        foreach (var what in new[] { "telegram", "sql" })
        {
            var most = what == "sql" ? faults : (faults + systematic) / 2;
            count = await AnywhereAsync(ground, sender, what, count, most, random);
            await ground.SettleAsync();
        }

        var began = ground.Now;
        await ground.SettleAsync();
        return new Outcome(count, await ground.CheckAsync(), ground.Now - began, $"{systematic} of them at {places.Count} chosen places");
    }

    private static async Task<bool> BreakAsync(Ground ground, Node sender, Step place)
    {
        var struck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sender.OnStep = (piece, asking) => !struck.Task.IsCompleted && asking.Step == place.Name && Strikes(piece, place.Part)
            ? Struck(ground, asking, place.Part, struck) : Wire.Verdict.Pass;
        await ground.RaiseAsync(Severity.Critical);
        await Task.WhenAny(struck.Task, Task.Delay(Patience));
        sender.OnStep = null;
        await ground.SettleAsync();
        return struck.Task.IsCompleted;
    }

    private static async Task<int> AnywhereAsync(Ground ground, Node sender, string what, int from, int to, Random random)
    {
        var (gate, count) = (new Lock(), from);
        sender.OnStep = (piece, asking) =>
        {
            lock (gate)
            {
                if (count >= to || !asking.Step.StartsWith(what, StringComparison.Ordinal) || random.NextDouble() > Chance)
                    return Wire.Verdict.Pass;
                count++;
                var part = piece.IsRequest ? Parts[random.Next(2)] : Parts[2 + random.Next(2)];
                return Struck(ground, asking, part, null);
            }
        };
        while (count < to)
        {
            var fact = await ground.RaiseAsync(random.Next(2) == 0 ? Severity.Critical : Severity.Urgent);
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            if (fact.Order % 10 == 9)
                await ground.SettleAsync();
        }

        sender.OnStep = null;
        return count;
    }

    private static bool Strikes(Wire.Piece piece, StepPart part) => piece.IsRequest == part is StepPart.BeforeRequest or StepPart.HalfRequest;

    private static Wire.Verdict Struck(Ground ground, Asking asking, StepPart part, TaskCompletionSource? struck)
    {
        // What the database did not answer concerns all that is in hand.
        ground.Disturb(asking.Chat);
        struck?.TrySetResult();
        return part is StepPart.HalfRequest or StepPart.HalfAnswer ? Wire.Verdict.Half : Wire.Verdict.Drop;
    }
}
