namespace AlertBot.Workflows.Configuration;

/// <summary>The code's names in the form that files and people use.</summary>
public static class Words
{
    /// <summary><c>ReleaseDue</c> becomes <c>release_due</c>.</summary>
    public static string Snake(string name) => string.Concat(
        name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));

    /// <summary>
    /// Reads a value of an enumeration by its name, in any case: <c>release_due</c>, <c>ReleaseDue</c>. .NET's own reader would also accept
    /// numbers, and lists, which it adds up to a value that nobody wrote.
    /// </summary>
    /// <returns>Null if it is none of the names.</returns>
    public static T? Read<T>(string? text)
        where T : struct, Enum
    {
        var word = text?.Trim() ?? "";
        foreach (var value in Enum.GetValues<T>())
        {
            var name = value.ToString();
            if (name.Equals(word, StringComparison.OrdinalIgnoreCase) || Snake(name).Equals(word, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    /// <summary>The names of an enumeration, as files write them.</summary>
    public static IReadOnlyList<string> Of<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(value => Snake(value.ToString())).ToList();

    /// <summary><c>info, notice or urgent</c>.</summary>
    public static string Either(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
}
