namespace AlertBot.Domain.People;

/// <summary>A person's name as told. Prints as a mask, so that it cannot reach a log by accident.</summary>
public readonly record struct PersonName
{
    private readonly string? _name;

    public PersonName(string name) => _name = name;

    public const int LongestOfColleague = 30;

    /// <summary>
    /// Reads a name for co-workers to use: one line with letters in it, and nothing that looks like our own text. Null if it is none.
    /// </summary>
    public static PersonName? OfColleague(string typed)
    {
        var name = string.Join(' ', typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return name.Length is > 0 and <= LongestOfColleague && name.Any(char.IsLetter)
            && name.All(c => char.IsLetterOrDigit(c) || " .-'’ʻ,".Contains(c))
            ? new PersonName(name)
            : null;
    }

    /// <summary>The name itself, only for a reader who may see it.</summary>
    public string Reveal() => _name ?? "";

    public override string ToString() => "(name)";
}
