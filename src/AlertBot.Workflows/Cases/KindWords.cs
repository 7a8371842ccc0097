using AlertBot.Domain.Cases;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>A kind of event as its button calls it, in any language: "custody ordered" is <c>custody_ordered</c>.</summary>
internal static class KindWords
{
    private const int MostWords = 8;

    /// <summary>The line with the kind at its beginning in our own word; as it was, where it names none.</summary>
    public static string InCode(TextCatalog texts, string line)
    {
        var words = line.Split([' ', '\n', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries);
        for (var length = Math.Min(MostWords, words.Length); length > 0; length--)
        {
            var said = string.Join(' ', words.Take(length)).TrimEnd(',', ':', ';');
            if (CodeOf(texts, said) is { } code)
                return string.Join(' ', words.Skip(length).Prepend(code));
        }

        return line;
    }

    private static string? CodeOf(TextCatalog texts, string said) => EventKinds.Find(said.ToLowerInvariant().Replace(' ', '_')) is { } kind
        ? kind.Code
        : EventKinds.All.Select(one => one.Code).FirstOrDefault(code => texts.Languages.Any(
            language => texts.Plain(language.Code, "event." + code).Equals(said, StringComparison.OrdinalIgnoreCase)));
}
