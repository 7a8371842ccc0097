namespace AlertBot.Domain.Names;

/// <summary>
/// The scores at which the bands begin. They are set on the development set: at most 1 % of the queries that mean nobody get the band of the same
/// person, and few of those that mean somebody get the band of nobody.
/// </summary>
public static class NameBands
{
    public const double Same = 0.80;
    public const double Possible = 0.05;

    public static NameBand Of(double score) => score switch
    {
        >= Same => NameBand.Same,
        >= Possible => NameBand.Possible,
        _ => NameBand.No,
    };

    /// <summary>
    /// The band of a match. However likely it is, a family name or a given name alone is the same person only where nothing more is registered, and
    /// an initial only beside a family name without a slip: whoever hears such a name asks who is meant.
    /// </summary>
    public static NameBand Of(double score, IReadOnlyCollection<NameReason> reasons)
    {
        ArgumentNullException.ThrowIfNull(reasons);
        var said = reasons.Count(reason => reason.Difference is not (NameDifference.Missing or NameDifference.Initial));
        var hasInitial = reasons.Any(reason => reason.Difference == NameDifference.Initial);
        var hasSlip = reasons.Any(reason => reason.Difference == NameDifference.Slips);
        var isEnough = said >= 2 || reasons.Count == 1 || (said == 1 && hasInitial && !hasSlip);
        return Of(score) is var band && band == NameBand.Same && !isEnough ? NameBand.Possible : band;
    }
}
