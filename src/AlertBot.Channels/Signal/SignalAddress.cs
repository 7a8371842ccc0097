using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>
/// An account (a uuid or a number) or a group (<c>group:</c> and its id in base64). We store the uuid wherever we know it: a number can be hidden,
/// changed, or passed to somebody else.
/// </summary>
internal readonly partial record struct SignalAddress(string Value)
{
    private const string GroupMark = "group:";

    public string? GroupId => Value.StartsWith(GroupMark, StringComparison.Ordinal) ? Value[GroupMark.Length..] : null;

    public bool IsNumber => Value[0] == '+';

    /// <summary>Null for what is not a Signal address.</summary>
    public static SignalAddress? Read(ChannelAddress address) =>
        address.Channel == ChannelKind.Signal && Parse(address.Value) is { } read ? read : null;

    public static SignalAddress? Parse(string? text) => text switch
    {
        null => null,
        _ when text.StartsWith(GroupMark, StringComparison.Ordinal) => Group(text[GroupMark.Length..]),
        _ when NumberForm().IsMatch(text) => new SignalAddress(text),
        _ => OfUuid(text),
    };

    /// <summary>The uuid if known, else the number; null without either.</summary>
    public static SignalAddress? Of(string? number, string? uuid) =>
        OfUuid(uuid) ?? (number is not null && NumberForm().IsMatch(number) ? new SignalAddress(number) : null);

    public static SignalAddress? Group(string? id) =>
        id is { Length: > 0 } && GroupForm().IsMatch(id) ? new SignalAddress(GroupMark + id) : null;

    public ChannelAddress ToChannelAddress() => new(ChannelKind.Signal, Value);

    public override string ToString() => "(Signal address)";

    // Signal writes uuids in lower case. Two spellings would look like two people.
    private static SignalAddress? OfUuid(string? text) =>
        Guid.TryParseExact(text, "D", out var uuid) && uuid != Guid.Empty
            ? new SignalAddress(uuid.ToString("D", CultureInfo.InvariantCulture))
            : null;

    [GeneratedRegex(@"^\+[1-9][0-9]{4,18}\z")]
    private static partial Regex NumberForm();

    // Ids of new groups have 32 bytes, of old ones 16. They must not contain a handle's separator, see SignalRef.
    [GeneratedRegex(@"^[A-Za-z0-9+/_-]{16,128}={0,2}\z")]
    private static partial Regex GroupForm();
}
