namespace AlertBot.Domain.Names;

/// <summary>Expands short forms: Саша is Александр, Гүля may be Айгүл. Short forms and their sources: short-forms.tsv.</summary>
internal static class ShortForms
{
    private static readonly ILookup<string, WordForm> Full = NameTable.Read("short-forms.tsv")
        .ToLookup(row => Key(SoundsOf(row[0])), row => Endings.Nominative(SoundsOf(row[1])) with { IsGuess = true });

    /// <summary>The full names that a word may be short for.</summary>
    public static IEnumerable<WordForm> Of(string sounds) => Full[Key(sounds)];

    private static string Key(string sounds) => Sounds.Plain(sounds);

    private static string SoundsOf(string written) => Sounds.Of(Letters.Clean(written));
}
