using AlertBot.Domain.Channels;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Chat;

/// <summary>Buttons that choose a language, each labelled in that language.</summary>
public static class LanguageChoices
{
    public const string Prefix = "lang";

    /// <summary>Marks the buttons under the welcome, which is then repeated in the chosen language.</summary>
    public const string AtStart = ":start";

    public const string Alone = "";

    private const int PerRow = 2;

    public static IReadOnlyList<IReadOnlyList<Choice>> Of(Languages languages, string place) =>
        languages.Select(language => new Choice(language.Name, $"{Prefix}:{language.Code}{place}")).Chunk(PerRow).ToList();
}
