using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>
/// Somebody's account, or a group: a uuid, a number, or <c>group:</c> and the id in base64. The uuid is the account itself: it is
/// what we keep wherever it is known, since a number may be hidden, changed, or somebody else's one day.
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

    /// <summary>The uuid where there is one, else the number; null without either.</summary>
    public static SignalAddress? Of(string? number, string? uuid) =>
        OfUuid(uuid) ?? (number is not null && NumberForm().IsMatch(number) ? new SignalAddress(number) : null);

    public static SignalAddress? Group(string? id) =>
        id is { Length: > 0 } && GroupForm().IsMatch(id) ? new SignalAddress(GroupMark + id) : null;

    public ChannelAddress ToChannelAddress() => new(ChannelKind.Signal, Value);

    public override string ToString() => "(Signal address)";

    // Lower case, as Signal writes it: two spellings would be two people.
    private static SignalAddress? OfUuid(string? text) =>
        Guid.TryParseExact(text, "D", out var uuid) && uuid != Guid.Empty
            ? new SignalAddress(uuid.ToString("D", CultureInfo.InvariantCulture))
            : null;

    [GeneratedRegex(@"^\+[1-9][0-9]{4,18}\z")]
    private static partial Regex NumberForm();

    // Of the second kind 32 bytes, of the first 16. Nothing that would end a handle, see SignalRef.
    [GeneratedRegex(@"^[A-Za-z0-9+/_-]{16,128}={0,2}\z")]
    private static partial Regex GroupForm();
}
