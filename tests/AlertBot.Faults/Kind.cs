using AlertBot.Faults.Checking;

namespace AlertBot.Faults;

/// <summary>What one kind of fault led to.</summary>
/// <param name="Settled">How long after the last fault the last message had its outcome.</param>
/// <param name="Notes">What else is worth knowing, a line each.</param>
internal sealed record Outcome(int Faults, Findings Findings, TimeSpan Settled, params IReadOnlyList<string> Notes)
{
    /// <summary>A kind that cannot be tried on this machine.</summary>
    public static Outcome NotTried(string why) => new(0, Findings.None, TimeSpan.Zero, "not tried: " + why);
}

/// <summary>A kind of fault.</summary>
/// <param name="Share">How many of ten thousand faults are of this kind; 0: all that the others leave.</param>
/// <param name="Tiny">How many are tried with the tests.</param>
internal sealed record Kind(string Name, string Tries, int Share, int Tiny, Func<int, Random, Task<Outcome>> RunAsync)
{
    /// <summary>Nothing else may run meanwhile.</summary>
    public bool IsAlone { get; init; }
}
