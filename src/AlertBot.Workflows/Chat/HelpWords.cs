namespace AlertBot.Workflows.Chat;

/// <summary>
/// Words that ask what the bot can do, when they are the whole message. Whoever shouts them asks for something else: that is heard as a
/// report, like everything that says more.
/// </summary>
public static class HelpWords
{
    private const int Longest = 40;

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "help", "commands", "помощь", "хелп", "справка", "команды", "көмек", "komek", "kómek", "анықтама", "пәрмендер", "yordam", "ёрдам",
        "buyruqlar", "жәрдем", "járdem", "jardem", "буйрықлар", "buyrıqlar",
    };

    /// <summary>The text is that and nothing else.</summary>
    public static bool Are(string? text) => text?.Trim() is { Length: > 0 and <= Longest } said
        && (said.All(sign => sign is '?' or '？') || (Words.Contains(Bare(said)) && !IsShouted(said)));

    /// <summary>The same words as a cry.</summary>
    public static bool AreCried(string? text) => text?.Trim() is { Length: > 0 and <= Longest } said && Words.Contains(Bare(said)) && IsShouted(said);

    private static string Bare(string said) => said.Trim([.. " .,;:!?/…"]).ToLowerInvariant();

    private static bool IsShouted(string said) => said.Contains('!', StringComparison.Ordinal) || !said.Any(char.IsLower);
}
