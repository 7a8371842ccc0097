using System.Diagnostics;
using System.Text;
using AlertBot.Channels.Telegram;

namespace AlertBot.Tests.Channels;

#pragma warning disable CA5394 // a test's dice, not a secret

public sealed class UpdateReaderTests
{
    private static readonly User Bot = new(7, IsBot: true, "OurBot");

    private static readonly string[] Real =
    [
        """{"update_id":5,"message":{"message_id":1,"date":1,"chat":{"id":-5,"type":"group","title":"Circle"},"from":"""
        + """{"id":6,"is_bot":false},"text":"/case@OurBot K","entities":[{"type":"bot_command","offset":0,"length":12}],"reply_to_message":"""
        + """{"message_id":9,"date":1,"chat":{"id":-5}}}}""",
        """{"update_id":6,"callback_query":{"id":"4","from":{"id":6},"data":"ack:1","message":{"message_id":1,"date":0,"chat":{"id":6}}}}""",
        """{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":5},"caption":"gate","photo":"""
        + """[{"file_id":"a","width":1,"height":2}],"forward_origin":{"type":"user"}}}""",
        """{"update_id":8,"my_chat_member":{"chat":{"id":-5},"from":{"id":6},"old_chat_member":{"status":"left"},"new_chat_member":"""
        + """{"status":"member"}}}""",
    ];

    [Fact]
    public void Any_bytes_are_read_or_set_aside() => Property.ForAll(Damaged, json => UpdateReader.Read(Bytes(json), Bot), runs: 5_000);

    [Fact]
    public void Any_answer_is_taken_apart_or_refused() => Property.ForAll(
        dice => $$"""{"ok":true,"result":[{{Damaged(dice)}},{{Damaged(dice)}}]}""", json => RawUpdates.Read(Bytes(json)), runs: 5_000);

    [Fact]
    public void Bytes_that_are_no_text_are_read_around()
    {
        byte[] raw = [.. Encoding.UTF8.GetBytes("""{"update_id":5,"message":{"message_id":1,"date":1,"chat":{"id":5},"text":"They took """),
            0xC3, 0x28, .. "\"}}"u8];

        Assert.Equal("They took \ufffd(", Assert.IsType<UpdateReading.Part>(UpdateReader.Read(raw, Bot)).Update.Text);
    }

    [Fact]
    public void A_press_in_a_place_that_cannot_be_read_is_not_one_in_a_private_chat() => Assert.IsType<UpdateReading.Unreadable>(
        UpdateReader.Read(
            Bytes("""{"update_id":6,"callback_query":{"id":"4","from":{"id":6},"data":"ack:1","message":{"chat":"the group"}}}"""), Bot));

    [Fact]
    public void An_anonymous_sender_that_cannot_be_read_makes_nobody_else_the_sender() => Assert.IsType<UpdateReading.Unreadable>(
        UpdateReader.Read(
            Bytes("""{"update_id":6,"message":{"message_id":1,"chat":{"id":-5},"from":{"id":6},"sender_chat":"us","text":"x"}}"""), Bot));

    [Fact]
    public void What_is_an_id_only_in_the_words_of_a_person_is_none()
    {
        Assert.Null(RawUpdates.IdOf("""{"message":{"text":"\"update_id\":7"}}"""u8));
        Assert.Null(RawUpdates.IdOf("""{"message":{"text":"\"update_id\":7"""u8));
        Assert.Equal(5, RawUpdates.IdOf("""{"message":{"update_id":9},"update_id":5}"""u8));
    }

    [Fact]
    public void Depth_costs_no_more_than_length()
    {
        var nested = new string('[', 500_000) + new string(']', 500_000);
        var deep = """{"update_id":5,"message":{"message_id":1,"date":1,"chat":{"id":5},"news":""" + nested + ""","text":"taken"}}""";
        var since = Stopwatch.GetTimestamp();

        Assert.Equal("taken", Assert.IsType<UpdateReading.Part>(UpdateReader.Read(Bytes(deep), Bot)).Update.Text);
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(5));
    }

    private static string Damaged(Random dice)
    {
        var text = new StringBuilder(Real[dice.Next(Real.Length)]);
        for (var times = dice.Next(4); times >= 0 && text.Length > 2; times--)
        {
            var at = dice.Next(text.Length);
            switch (dice.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(dice.Next(1, 6), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, new[] { "[", "]", "{", "}", ",", ":", "null", "\"", "\\ud800", "-1", "1e999", "\"chat\":null," }[dice.Next(12)]);
                    break;
                case 2:
                    text[at] = (char)dice.Next(32, 127);
                    break;
                default:
                    text.Length = at + 1;
                    break;
            }
        }

        return text.ToString();
    }

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
