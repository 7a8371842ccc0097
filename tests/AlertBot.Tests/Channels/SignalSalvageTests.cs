using AlertBot.Domain.Channels;
using static AlertBot.Tests.Channels.SignalEvents;

namespace AlertBot.Tests.Channels;

/// <summary>An event that does not fit our types: a witness's words in it are read anyway, and its sender is never guessed.</summary>
public sealed class SignalSalvageTests
{
    [Theory]
    [InlineData(",\"reaction\":\"a new kind\"")]
    [InlineData(",\"attachments\":{\"count\":2}")]
    [InlineData(",\"quote\":[1,2],\"mentions\":7")]
    public void The_words_beside_something_unreadable_are_heard(string odd)
    {
        var understood = Read(Message("They took Testbay", odd));

        Assert.Equal("They took Testbay", understood.Update?.Text);
        Assert.Equal((Person, ChatKind.Private), (understood.Update!.Chat, understood.Update.ChatKind));
    }

    [Fact]
    public void The_words_beside_something_deeply_nested_are_heard() => Assert.Equal(
        "They took Testbay",
        Read(Message("They took Testbay", $",\"payment\":{new string('[', 200)}{new string(']', 200)}")).Update?.Text);

    [Fact]
    public void One_file_of_a_kind_that_we_do_not_know_leaves_the_others()
    {
        var understood = Read(Message(
            "Look", ",\"attachments\":[7,{\"id\":\"abc\",\"contentType\":\"image/jpeg\",\"size\":10},{\"size\":\"large\"}]"));

        Assert.True(understood.IsPart);
        Assert.Equal("photo", Assert.Single(understood.Update!.Files, file => file.Handle.Contains("abc", StringComparison.Ordinal)).Kind);
    }

    [Fact]
    public void Half_a_sign_does_not_cost_the_sentence() =>
        Assert.StartsWith(
            "They took ", Read(Message("They took X").Replace("X", "\\ud83d", StringComparison.Ordinal)).Update?.Text, StringComparison.Ordinal);

    // Read as private, a group's words would be answered in private and taken for a report.
    [Fact]
    public void What_was_said_in_a_group_is_never_taken_for_private() =>
        Assert.Null(Read(Message("They took Testbay", ",\"groupInfo\":{\"groupId\":7}")).Update);

    // A sender with an untrusted key is not believed because the warning could not be read.
    [Fact]
    public void A_warning_that_cannot_be_read_is_not_left_out() =>
        Assert.Null(Read(Message("They took Testbay")
            .Replace("\"account\":", "\"exception\":\"UntrustedIdentityException\",\"account\":", StringComparison.Ordinal)).Update);

    [Theory]
    [InlineData("")]
    [InlineData("[5]")]
    [InlineData("{\"envelope\":")]
    [InlineData("{\"envelope\":{\"timestamp\":\"now\",\"dataMessage\":{\"message\":\"They took Testbay\"}}}")]
    public void Of_what_says_nothing_of_its_sender_nothing_is_made(string json)
    {
        var understood = Read(json);

        Assert.Null(understood.Update);
        Assert.True(understood.IsUnreadable);
    }

    [Fact]
    public void Whatever_is_damaged_nothing_is_thrown() => Property.ForAll(
        random =>
        {
            var json = Message("They took Testbay", InGroup).ToCharArray();
            for (var hits = random.Next(1, 6); hits > 0; hits--)
                json[random.Next(json.Length)] = "{}[]\",:\\0x\u0000"[random.Next(11)];
            return new string(json);
        },
        json => Assert.True(Read(json).Update is null or { Chat.Channel: ChannelKind.Signal }));
}
