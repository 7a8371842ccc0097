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
}
