using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertBot.Domain.Channels;

/// <summary>
/// Reads an address as people write it into a list. It is stored in the messenger's own spelling, because under another one the person who answers
/// from it would be a stranger.
/// </summary>
public static partial class WrittenAddress
{
    private const string GroupMark = "group:";

    /// <returns>Null if it is no address of that messenger.</returns>
    public static ChannelAddress? Read(ChannelKind channel, string text) =>
        (channel == ChannelKind.Telegram ? Telegram(text.Trim()) : Signal(text.Trim())) is { } value ? new ChannelAddress(channel, value) : null;

    /// <summary>Whether the address is a group or one of its topics, which all members read.</summary>
    public static bool IsGroup(ChannelAddress at) =>
        at.Channel == ChannelKind.Telegram ? at.Value[0] == '-' : at.Value.StartsWith(GroupMark, StringComparison.Ordinal);

    // 42, or -100123/5 for a topic of a forum.
    private static string? Telegram(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !IsId(parts[0], NumberStyles.AllowLeadingSign, out var chat))
            return null;
        if (parts.Length == 1)
            return chat.ToString(CultureInfo.InvariantCulture);
        return IsId(parts[1], NumberStyles.None, out var topic) ? string.Create(CultureInfo.InvariantCulture, $"{chat}/{topic}") : null;
    }

    private static bool IsId(string text, NumberStyles style, out long id) =>
        long.TryParse(text, style, CultureInfo.InvariantCulture, out id) && id != 0;

    private static string? Signal(string text)
    {
        if (text.StartsWith(GroupMark, StringComparison.OrdinalIgnoreCase))
            return GroupForm().IsMatch(text[GroupMark.Length..]) ? GroupMark + text[GroupMark.Length..] : null;
        // Other programs export uuids with braces or without dashes.
        if (Guid.TryParse(text, out var uuid))
            return uuid == Guid.Empty ? null : uuid.ToString("D", CultureInfo.InvariantCulture);
        var number = Punctuation().Replace(text, "");
        return NumberForm().IsMatch(number) ? number : null;
    }

    [GeneratedRegex(@"[\s().\u00A0\u2011-]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^[A-Za-z0-9+/_-]{16,128}={0,2}\z")]
    private static partial Regex GroupForm();
}
