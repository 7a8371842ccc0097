using AlertBot.Domain.Alerts;
using AlertBot.Faults.Steps;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// Two nodes on one database. The one that sends is killed, frozen or cut off from the database in the middle of a run, and the other must go on. The
/// frozen one then wakes. Once one sends, the other must send nothing more.
/// </summary>
internal static class TwoNodes
{
    private const int Chats = 30;
    private static readonly TimeSpan TakesOver = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Awake = TimeSpan.FromSeconds(3);

    // A request may be under way while the other node begins.
    private static readonly TimeSpan UnderWay = TimeSpan.FromMilliseconds(100);

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        await using var ground = await Ground.StartAsync(Chats, perSecond: 30);
        var (first, second) = (Node.Start(ground), default(Node));
        var (problems, slowest) = (new List<string>(), TimeSpan.Zero);
        try
        {
            for (var number = 1; number <= faults; number++)
            {
                await ground.RaiseAsync();
                await ground.SettleAsync();
                second = Node.Start(ground);
                await second.UntilReadyAsync();
                await Task.Delay(random.Next(1500, 3000));
                await ground.RaiseAsync();
                await Task.Delay(random.Next(50, 800));

                var (struckAt, what) = (ground.Now, number % 3);
                Strike(first, what);
                var urgent = await ground.RaiseAsync(Severity.Critical, [Anyone(ground, random)]);
                while (!ground.IsShown(urgent) && ground.Now - struckAt < TakesOver)
                    await Task.Delay(10);
                var took = ground.Now - struckAt;
                slowest = took > slowest ? took : slowest;
                if (!ground.IsShown(urgent))
                    problems.Add($"after {Names[what]} nobody sent within {TakesOver.TotalSeconds:0} s");
                await ground.SettleAsync();
                if (what == 1)
                {
                    first.Wake();
                    await ground.RaiseAsync();
                    await Task.Delay(Awake);
                    await ground.SettleAsync();
                }

                problems.AddRange(Both(first, second).Select(at => $"after {Names[what]} both nodes sent, {at}"));
                first.Dispose();
                (first, second) = (second, null);
            }

            var began = ground.Now;
            await ground.SettleAsync();
            return new Outcome(
                faults, (await ground.CheckAsync()).With([.. problems]), ground.Now - began,
                $"slowest take-over {slowest.TotalSeconds:0.0} s");
        }
        finally
        {
            first.Dispose();
            second?.Dispose();
        }
    }

    private static readonly string[] Names = ["a kill", "a freeze", "a cut"];

    private static long Anyone(Ground ground, Random random) => ground.Chats[random.Next(ground.Chats.Count)];

    private static void Strike(Node node, int what)
    {
        if (what == 0)
            node.Kill();
        else if (what == 1)
            node.Freeze();
        else
            node.CutOff();
    }

    /// <summary>When the node that was struck sent although the other one had begun.</summary>
    private static IEnumerable<string> Both(Node first, Node second)
    {
        var begun = Sends(second).Select(at => (TimeSpan?)at).FirstOrDefault();
        return Sends(first).Where(at => at > begun + UnderWay).Select(at => $"{(at - begun)!.Value.TotalSeconds:0.00} s apart");
    }

    private static IEnumerable<TimeSpan> Sends(Node node) =>
        node.Seen.Where(one => one.Step.Contains("sendMessage", StringComparison.Ordinal)).Select(one => one.At);
}
