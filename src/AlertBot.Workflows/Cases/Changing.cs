namespace AlertBot.Workflows.Cases;

/// <summary>What of a case itself is being put right, and what was told of it. Prints as a mask.</summary>
public sealed record Changing(string Code, string Part)
{
    /// <summary>Raise it when it changes its shape.</summary>
    public const int StateVersion = 1;

    public const string Name = "name";
    public const string NameGone = "gone";
    public const string Zone = "zone";
    public const string Laws = "laws";
    public const string NewCode = "code";
    public const string Join = "join";

    public int Turn { get; init; }

    /// <summary>What was told: spellings, a zone, codes of laws in their order, a code. Null while it is asked for.</summary>
    public IReadOnlyList<string>? Told { get; init; }

    /// <summary>True: all is told, and what it changes is shown.</summary>
    public bool IsReady { get; init; }

    /// <summary>With another zone: the hours on file were told by its clock.</summary>
    public bool HoursToo { get; init; }

    /// <summary>The parts of a case, in the order in which they are offered.</summary>
    public static IEnumerable<string> PartsWith(int names) =>
        names > 1 ? [Name, NameGone, Zone, Laws, NewCode, Join] : [Name, Zone, Laws, NewCode, Join];

    public override string ToString() => $"(changing a case, {Part})";
}
