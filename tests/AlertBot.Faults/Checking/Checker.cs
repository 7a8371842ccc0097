using AlertBot.Domain.Alerts;

namespace AlertBot.Faults.Checking;

/// <summary>
/// Compares what was raised with what phones show. It believes nothing that the program says of itself, except of a message that was given up: there
/// it wants to see that a person was told.
/// </summary>
internal static class Checker
{
    // What is sent at the moment of a disturbance may be repeated. What arrived long before may not: its outcome was recorded.
    private static readonly TimeSpan StillOpen = TimeSpan.FromSeconds(20);
    // A first try that was lost on its way is made up for after the longest pause before another.
    private static readonly TimeSpan StillMissing = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Clocks = TimeSpan.FromMilliseconds(250);

    public static Findings Check(
        IReadOnlyCollection<Fact> facts, IReadOnlyCollection<Showing> showings, IReadOnlyCollection<Disturbance> disturbances,
        IReadOnlyCollection<GivenUp> givenUp)
    {
        var byChat = showings.GroupBy(one => one.Chat).ToDictionary(chat => chat.Key, chat => chat.OrderBy(one => one.Message).ToList());
        var given = givenUp.GroupBy(one => (one.Chat, one.Mark)).ToDictionary(one => one.Key, one => one.All(row => row.IsTold));
        var (deliveries, lost, told, repeats) = (0, 0, 0, 0);
        var problems = new List<string>();
        foreach (var fact in facts)
        {
            foreach (var chat in fact.Chats)
            {
                deliveries++;
                var shown = byChat.GetValueOrDefault(chat)?.Where(one => one.Mark == fact.Mark).ToList() ?? [];
                if (shown.Count == 0 && given.TryGetValue((chat, fact.Mark), out var isTold))
                {
                    told++;
                    if (!isTold)
                        problems.Add($"{fact.Mark} in {chat} was given up, and nobody was told");
                }
                else if (shown.Count == 0)
                {
                    lost++;
                    problems.Add($"{fact.Mark} in {chat} is lost");
                }

                repeats += Math.Max(0, shown.Count - 1);
                problems.AddRange(Repeats(shown, disturbances));
            }
        }

        var known = facts.SelectMany(fact => fact.Chats.Select(chat => (chat, fact.Mark))).ToHashSet();
        problems.AddRange(showings.Where(one => !known.Contains((one.Chat, one.Mark))).Select(one => $"{one.Mark} in {one.Chat} was never raised"));
        foreach (var (chat, shown) in byChat)
            problems.AddRange(OutOfOrder(chat, shown, facts));
        return new Findings(deliveries, lost, told, repeats, problems);
    }

    private static IEnumerable<string> Repeats(List<Showing> shown, IReadOnlyCollection<Disturbance> disturbances)
    {
        for (var index = 0; index < shown.Count; index++)
        {
            var one = shown[index];
            if (index > 0 && !one.IsMarked)
                yield return $"{one.Mark} in {one.Chat} is repeated and does not say so";
            var first = index > 0 ? shown[index - 1].At : one.At - StillMissing;
            if ((index > 0 || one.IsMarked) && !disturbances.Any(
                what => (what.Chat is null || what.Chat == one.Chat)
                && what.At >= first - Clocks && what.At <= one.At + Clocks && (index == 0 || what.At - first <= StillOpen)))
                yield return $"{one.Mark} in {one.Chat} is called a repeat or is one, and nothing had happened";
        }
    }

    /// <summary>What comes for the first time comes in the order in which it was raised. Only a marked repeat may come late.</summary>
    private static IEnumerable<string> OutOfOrder(long chat, List<Showing> shown, IReadOnlyCollection<Fact> facts)
    {
        var orders = facts.ToDictionary(fact => fact.Mark);
        var (seen, last) = (new HashSet<string>(), new Dictionary<Severity, int>());
        foreach (var one in shown.Where(one => seen.Add(one.Mark) && !one.IsMarked && orders.ContainsKey(one.Mark)))
        {
            var fact = orders[one.Mark];
            if (last.GetValueOrDefault(fact.Severity, -1) > fact.Order)
                yield return $"{one.Mark} in {chat} came after a later one";
            last[fact.Severity] = Math.Max(last.GetValueOrDefault(fact.Severity, -1), fact.Order);
        }
    }
}

/// <summary>An alert that was raised.</summary>
/// <param name="Mark">A word that stands in its text and nowhere else.</param>
internal sealed record Fact(string Mark, int Order, Severity Severity, IReadOnlyCollection<long> Chats);

/// <summary>A phone shows an alert.</summary>
/// <param name="Message">The number of the message, by which a chat is ordered.</param>
/// <param name="At">When the messenger took it, since the start.</param>
/// <param name="IsMarked">Whether it says that it may be a repeat.</param>
internal sealed record Showing(long Chat, string Mark, long Message, TimeSpan At, bool IsMarked);

/// <summary>A moment after which nobody can know whether something arrived.</summary>
/// <param name="Chat">Null: in any chat.</param>
internal sealed record Disturbance(TimeSpan At, long? Chat);

/// <summary>A delivery that ended without being sent.</summary>
internal sealed record GivenUp(long Chat, string Mark, bool IsTold);

/// <summary>What the checker found.</summary>
/// <param name="GivenUp">Not shown, and a person was told.</param>
/// <param name="Problems">All that must not be, each in a line.</param>
internal sealed record Findings(int Deliveries, int Lost, int GivenUp, int Repeats, IReadOnlyList<string> Problems)
{
    public static readonly Findings None = new(0, 0, 0, 0, []);

    public Findings With(Findings other) => new(
        Deliveries + other.Deliveries, Lost + other.Lost, GivenUp + other.GivenUp, Repeats + other.Repeats, [.. Problems, .. other.Problems]);

    public Findings With(params string[] problems) => this with { Problems = [.. Problems, .. problems] };
}
