namespace AlertBot.Domain.Names;

/// <summary>One line of the explanation why a person may be meant. It holds no name, only the letters that were equated.</summary>
/// <param name="Letters">As in "zh=j, k=q"; empty if there are none.</param>
public sealed record NameReason(NamePart Part, NameDifference Difference, string Letters)
{
    public override string ToString()
    {
        var part = Part switch
        {
            NamePart.Given => "given name",
            NamePart.Family => "family name",
            NamePart.Father => "patronymic",
            _ => "name",
        };
        var difference = Difference switch
        {
            NameDifference.Same => "same",
            NameDifference.Spelling => "spelled otherwise",
            NameDifference.Slips => "like",
            NameDifference.Initial => "initial",
            NameDifference.Missing => "missing",
            _ => "other ending",
        };
        return Letters.Length == 0 ? $"{part} {difference}" : $"{part} {difference} ({Letters})";
    }
}

public enum NamePart
{
    Any,
    Given,
    Family,
    Father,
}

/// <summary>How a word of the query differs from the registered one.</summary>
public enum NameDifference
{
    /// <summary>The same sounds, in any alphabet.</summary>
    Same,

    /// <summary>Another way to write the same word.</summary>
    Spelling,

    /// <summary>The same stem, in another case, or with or without -ov, -uly.</summary>
    Ending,

    /// <summary>More than spelling explains: slips, or another name.</summary>
    Slips,

    /// <summary>Only the first letter is given.</summary>
    Initial,

    /// <summary>The registered word is not in the query.</summary>
    Missing,
}
