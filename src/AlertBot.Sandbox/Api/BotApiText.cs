using System.Text.RegularExpressions;

namespace AlertBot.Sandbox.Api;

/// <summary>Treats texts as Telegram does: finds commands and mentions, trims, checks entities.</summary>
internal static partial class BotApiText
{
    public const int LongestText = 4096;

    public static IReadOnlyList<SandboxEntity> EntitiesOf(string text) =>
        [.. Found().Matches(text).Select(match => new SandboxEntity(
            match.Value[0] == '/' ? "bot_command" : match.Value[0] == '@' ? "mention" : "url", match.Index, match.Length))];

    /// <summary>The trimmed text with its entities moved along, or Telegram's complaint.</summary>
    public static (string Text, IReadOnlyList<SandboxEntity> Entities, string? Error) Fix(string text, IReadOnlyList<SandboxEntity> entities)
    {
        foreach (var entity in entities)
        {
            if (entity.Offset < 0 || entity.Length < 0 || entity.Offset + entity.Length > text.Length)
            {
                return ("", [], $"entity beginning at UTF-16 offset {entity.Offset} ends after the end of the text at UTF-16 offset "
                    + $"{entity.Offset + entity.Length}");
            }

            if (IsInsidePair(text, entity.Offset))
                return ("", [], $"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {entity.Offset}");
            if (IsInsidePair(text, entity.Offset + entity.Length))
                return ("", [], $"entity ends in a middle of a UTF-16 symbol at UTF-16 offset {entity.Offset + entity.Length}");
        }

        var cut = text.Length - text.TrimStart().Length;
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
            return ("", [], "message text is empty");
        if (trimmed.Length > LongestText)
            return ("", [], "message is too long");

        var kept = entities
            .Select(entity => (entity, Start: Math.Max(0, entity.Offset - cut), End: Math.Min(trimmed.Length, entity.Offset + entity.Length - cut)))
            .Where(part => part.End > part.Start)
            .Select(part => part.entity with { Offset = part.Start, Length = part.End - part.Start });
        return (trimmed, [.. kept, .. EntitiesOf(trimmed)
            .Where(found => !entities.Any(e => e.Type is "code" or "text_link" && Overlaps(e, found, cut)))], null);
    }

    private static bool Overlaps(SandboxEntity given, SandboxEntity found, int cut) =>
        given.Offset - cut < found.Offset + found.Length && given.Offset - cut + given.Length > found.Offset;

    private static bool IsInsidePair(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]);

    [GeneratedRegex(@"(?<![\w/@])(/[A-Za-z0-9_]{1,64}(@[A-Za-z0-9_]{3,32})?|@[A-Za-z0-9_]{3,32})\b|https?://[^\s]+")]
    private static partial Regex Found();
}
