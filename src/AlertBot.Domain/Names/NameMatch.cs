namespace AlertBot.Domain.Names;

/// <summary>A registered person who may be meant. <see cref="Score"/> is the chance of that, 0 to 1.</summary>
public sealed record NameMatch<TId>(TId Id, double Score, NameBand Band, IReadOnlyList<NameReason> Reasons)
{
    /// <summary>Whether it is the more certain of two matches of one person: a whole name says more than a likelier part of it.</summary>
    public bool IsBetterThan(NameMatch<TId> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Band != other.Band ? Band > other.Band : Score > other.Score;
    }

    public override string ToString() => $"{Id} {Score:0.000} {Band}";
}

/// <summary>What a match permits: to wake people up, to ask a coordinator, or nothing.</summary>
public enum NameBand
{
    No,
    Possible,
    Same,
}
