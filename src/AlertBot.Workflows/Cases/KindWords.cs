using AlertBot.Domain.Cases;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>A kind of event as its button calls it, in any language: "custody ordered" is <c>custody_ordered</c>.</summary>
internal static class KindWords
{
    private const int MostWords = 8;
    private const int Shortest = 4;
    private const int Long = 6;

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

    /// <summary>The line with the kind that was most likely meant by its first words, in our own word; null: nothing is near.</summary>
    public static string? Near(TextCatalog texts, string language, string line)
    {
        var words = line.Split([' ', '\n', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries);
        var known = EventKinds.All.SelectMany(kind => new[] { kind.Code.Replace('_', ' '), texts.Plain(language, "event." + kind.Code) }
            .Concat(language == TextCatalog.FallbackLanguage ? [] : [texts.Plain(TextCatalog.FallbackLanguage, "event." + kind.Code)])
            .Select(name => (Name: name, kind.Code))).ToList();
        for (var length = Math.Min(MostWords, words.Length); length > 0; length--)
        {
            var said = string.Join(' ', words.Take(length)).Replace('_', ' ');
            if (said.Length >= Shortest && Nearest.Of(said, known.Select(one => one.Name), most: said.Length < Long ? 1 : 2) is { } name)
                return string.Join(' ', words.Skip(length).Prepend(known.First(one => one.Name == name).Code));
        }

        // The first word of one kind alone: "detentoin" is a detention.
        return words.Length > 0 && words[0].Length >= Long
            && known.Where(one => Nearest.Distance(words[0], one.Name.Split(' ')[0]) <= 2).Select(one => one.Code).FirstOrDefault() is { } code
            ? string.Join(' ', words.Skip(1).Prepend(code))
            : null;
    }

    public static Line Said(string near) => new("event.near-kind", ("kind", near.Split(' ')[0]));

    private static string? CodeOf(TextCatalog texts, string said) => EventKinds.Find(said.ToLowerInvariant().Replace(' ', '_')) is { } kind
        ? kind.Code
        : EventKinds.All.Select(one => one.Code).FirstOrDefault(code => texts.Languages.Any(
            language => texts.Plain(language.Code, "event." + code).Equals(said, StringComparison.OrdinalIgnoreCase)));
}
