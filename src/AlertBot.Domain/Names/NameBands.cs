namespace AlertBot.Domain.Names;

/// <summary>
/// Where the bands of a score begin. Set on the development set so that at most 1 % of the queries that mean nobody
/// come out as the same person, and few of those that mean somebody come out as nobody.
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
