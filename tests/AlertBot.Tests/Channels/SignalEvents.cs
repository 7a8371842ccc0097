using System.Text;
using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;

namespace AlertBot.Tests.Channels;

/// <summary>Events as signal-cli writes them, about invented people.</summary>
internal static class SignalEvents
{
    public const string BotNumber = "+15550100100";
    public const string BotUuid = "a0a0a0a0-b1b1-4c2c-8d3d-e4e4e4e4e4e4";
    public const string Uuid = "0f0e0d0c-0b0a-4908-8706-050403020100";
    public const string Number = "+15550100101";
    public const string OtherUuid = "11111111-2222-4333-8444-555555555555";
    public const string GroupId = "R3JvdXAgb2YgaW52ZW50ZWQgcGVvcGxlIGZvciB0ZXM=";
    public const long At = 1_700_000_000_123;

    public static readonly Self Bot = new(BotNumber, BotUuid);
    public static readonly ChannelAddress Person = new(ChannelKind.Signal, Uuid);
    public static readonly ChannelAddress Group = new(ChannelKind.Signal, "group:" + GroupId);

    public const string InGroup = ",\"groupInfo\":{\"groupId\":\"" + GroupId + "\",\"groupName\":\"Lawyers\",\"revision\":4,\"type\":\"DELIVER\"}";

    /// <param name="content">E.g. <c>"typingMessage":{...}</c>.</param>
    public static string Envelope(string content, string? number = null, string? uuid = Uuid, long at = At, string account = BotNumber) =>
        $$$"""{"envelope":{"source":"{{{number ?? uuid}}}","sourceNumber":{{{Quoted(number)}}},"sourceUuid":{{{Quoted(uuid)}}},""" +
        $$$""" "sourceName":"Invented Person","sourceDevice":1,"timestamp":{{{at}}},"serverReceivedTimestamp":{{{at + 20}}},""" +
        $$$""" "serverDeliveredTimestamp":{{{at + 30}}},{{{content}}}},"account":"{{{account}}}"}""";

    /// <param name="more">Further fields of the message, each with a comma before it.</param>
    public static string Message(string? text, string more = "", string? number = null, long at = At) =>
        Envelope($"\"dataMessage\":{Data(text, more, at)}", number, at: at);

    public static string Data(string? text, string more = "", long at = At) =>
        $$"""{"timestamp":{{at}},"message":{{Quoted(text)}},"expiresInSeconds":0,"isExpirationUpdate":false,"viewOnce":false{{more}}}""";

    public static string Reaction(string emoji, string author, long at, string more = "", bool remove = false) => Message(
        null,
        $$""","reaction":{"emoji":"{{emoji}}","targetAuthor":"{{author}}",""" +
        $$""" "targetAuthorNumber":{{(author[0] == '+' ? Quoted(author) : "null")}},""" +
        $$""" "targetAuthorUuid":{{(author[0] == '+' ? "null" : Quoted(author))}},""" +
        $$""" "targetSentTimestamp":{{at}},"isRemove":{{(remove ? "true" : "false")}}}{{more}}""");

    public static Understood Read(string json, Self? self = null) => SignalUpdates.Read(Encoding.UTF8.GetBytes(json), self ?? Bot);

    public static IncomingUpdate Heard(string json) => Read(json).Update ?? throw new InvalidOperationException("Nothing was heard.");

    private static string Quoted(string? text) => text is null ? "null" : System.Text.Json.JsonSerializer.Serialize(text);
}
