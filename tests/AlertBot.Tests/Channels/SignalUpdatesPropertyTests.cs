using System.Globalization;
using System.Text;
using static AlertBot.Tests.Channels.SignalEvents;

namespace AlertBot.Tests.Channels;

#pragma warning disable CA5394 // a test's dice, not a secret

/// <summary>Anything that a daemon, or a program that pretends to be one, may write into the stream.</summary>
public sealed class SignalUpdatesPropertyTests
{
    private static readonly string[] Names =
    [
        "envelope", "account", "exception", "type", "sourceNumber", "sourceUuid", "timestamp", "dataMessage", "editMessage", "receiptMessage",
        "message", "reaction", "quote", "mentions", "attachments", "groupInfo", "groupId", "emoji", "targetAuthorUuid", "targetSentTimestamp",
        "isRemove", "id", "contentType", "size", "start", "length", "timestamps", "isDelivery", "authorUuid", "sticker", "storyContext",
    ];

    private static readonly string[] Real =
    [
        Message("Hello", number: Number), Message(
            "\uFFFC /case", ",\"mentions\":[{\"number\":\"" + BotNumber + "\",\"start\":0,\"length\":1}]" + InGroup),
        Reaction("👍", BotNumber, At - 5), Envelope($$""" "editMessage":{"targetSentTimestamp":5,"dataMessage":{{Data("Hello")}}} """),
        Envelope(""" "receiptMessage":{"isDelivery":true,"timestamps":[7,8]} """),
        Message("See https://maps.google.com/maps?q=1.5,2.5", ""","attachments":[{"contentType":"image/jpeg","id":"a.jpg","size":1}]"""),
    ];

    [Fact]
    public void Any_json_is_read_or_passed_over() => Property.ForAll(AnyJson, json => Read(json));

    [Fact]
    public void Any_bytes_are_read_or_passed_over() => Property.ForAll(Damaged, json => Read(json), runs: 10_000);

    private static string AnyJson(Random dice)
    {
        var text = new StringBuilder();
        Value(dice, text, 0);
        return text.ToString();
    }

    private static void Value(Random dice, StringBuilder into, int depth)
    {
        switch (dice.Next(depth > 5 ? 6 : 9))
        {
            case 0: into.Append("null"); break;
            case 1: into.Append(dice.Next(2) == 0 ? "true" : "false"); break;
            case 2: into.Append(dice.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture)); break;
            case 3: into.Append("1.5e300"); break;
            case 4:
                var said = dice.Next(4) switch { 0 => Uuid, 1 => Number, 2 => GroupId, _ => "\\uD800\\uFFFC /x" };
                into.Append('"').Append(said).Append('"');
                break;
            case 5: into.Append(dice.Next(-3, 40)); break;
            case 6:
                into.Append('[');
                for (var count = dice.Next(4); count > 0; count--)
                {
                    Value(dice, into, depth + 1);
                    into.Append(count > 1 ? "," : "");
                }

                into.Append(']');
                break;
            default:
                into.Append('{');
                for (var count = dice.Next(1, 8); count > 0; count--)
                {
                    into.Append('"').Append(depth == 0 && count == 1 ? "envelope" : Names[dice.Next(Names.Length)]).Append("\":");
                    Value(dice, into, depth + 1);
                    into.Append(count > 1 ? "," : "");
                }

                into.Append('}');
                break;
        }
    }

    /// <summary>A real event with one part replaced: the interesting damage still looks right.</summary>
    private static string Damaged(Random dice)
    {
        var text = Real[dice.Next(Real.Length)];
        for (var times = dice.Next(1, 4); times > 0; times--)
        {
            var at = dice.Next(text.Length);
            var length = Math.Min(dice.Next(12), text.Length - at);
            text = text[..at] + dice.Next(7) switch
            {
                6 => "70",
                0 => "",
                1 => "null",
                2 => "-9223372036854775808",
                3 => "[]",
                4 => "\"\uFFFC\"",
                _ => "99999999999999999999",
            } + text[(at + length)..];
        }

        return text;
    }
}
