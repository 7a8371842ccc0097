namespace AlertBot.Workflows.Texts;

/// <summary>
/// The noun form that belongs to a number, by the cardinal plural rules of Unicode CLDR. We know of no CLDR rule for Karakalpak. Like Kazakh, Uzbek
/// and every language not named here, it has the forms "one" and "other".
/// </summary>
public static class Plural
{
    private static readonly string[] OneAndOther = ["one", "other"];
    private static readonly string[] EastSlavic = ["one", "few", "many", "other"];

    /// <summary>The forms that a text in this language must have.</summary>
    public static IReadOnlyList<string> FormsOf(string language) => IsEastSlavic(language) ? EastSlavic : OneAndOther;

    /// <param name="number">With the decimals that are shown: in English 1.0 is not 1 ("1.0 days").</param>
    public static string FormOf(string language, decimal number)
    {
        // The CLDR rules ignore the sign.
        var absolute = Math.Abs(number);
        var isWhole = number.Scale == 0;

        if (IsEastSlavic(language))
        {
            return (isWhole, absolute % 10, absolute % 100) switch
            {
                (false, _, _) => "other",
                (_, 1, not 11) => "one",
                (_, 2 or 3 or 4, not (12 or 13 or 14)) => "few",
                _ => "many",
            };
        }

        return absolute == 1 && (isWhole || !CountsShownDecimals(language)) ? "one" : "other";
    }

    private static bool IsEastSlavic(string language) => Languages.Primary(language) is "ru" or "uk";

    private static bool CountsShownDecimals(string language) => Languages.Primary(language) is "en" or "de";
}
