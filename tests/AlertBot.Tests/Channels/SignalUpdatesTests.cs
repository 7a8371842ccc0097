using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using static AlertBot.Tests.Channels.SignalEvents;

namespace AlertBot.Tests.Channels;

public sealed class SignalUpdatesTests
{
    [Fact]
    public void A_message_is_named_by_its_author_and_time()
    {
        var heard = Heard(Message("Hello"));

        Assert.Equal((Person, ChatKind.Private, Person), (heard.Chat, heard.ChatKind, heard.Sender));
        Assert.Equal("Hello", heard.Text);
        Assert.Equal(new MessageRef($"{Uuid}|{At}"), heard.Message);
        Assert.Equal($"{Uuid}|{Uuid}|{At}", heard.PressHandle);
        Assert.True(heard.IsAddressed);
        Assert.False(heard.IsEdit);
    }

    [Fact]
    public void Whoever_shows_a_number_is_introduced_by_account_before_anything_is_heard()
    {
        var understood = Read(Message("Hello", number: Number));

        Assert.Equal(Person, understood.Update!.Sender);
        var introduction = understood.Introduction!;
        Assert.Equal(new ChannelAddress(ChannelKind.Signal, Number), introduction.Chat);
        Assert.Equal(new ChatChange.Moved(Person), introduction.Change);

        // It has the sender of the message after it, so it is handled first.
        Assert.Equal(understood.Update.Sender, introduction.Sender);
        Assert.Equal(introduction.Key, Read(Message("Later", number: Number, at: At + 5)).Introduction!.Key);
        Assert.Null(Read(Message("Hello")).Introduction);
    }

    [Fact]
    public void A_number_will_do_where_the_account_is_not_known()
    {
        var understood = Read(Envelope($"\"dataMessage\":{Data("Hello")}", Number, uuid: null));

        Assert.Equal(new ChannelAddress(ChannelKind.Signal, Number), understood.Update!.Chat);
        Assert.Null(understood.Introduction);
    }

    [Fact]
    public void A_change_of_a_message_names_the_first_one()
    {
        var heard = Heard(Envelope($$"""
            "editMessage":{"targetSentTimestamp":{{At}},"dataMessage":{{Data("Hello again", at: At + 900)}}}
            """, at: At + 900));

        Assert.True(heard.IsEdit);
        Assert.Equal("Hello again", heard.Text);
        Assert.Equal(new MessageRef($"{Uuid}|{At}"), heard.Message);
        Assert.NotEqual(Heard(Message("Hello again", at: At + 900)).Key, heard.Key);
    }

    [Theory]
    [InlineData("\"authorNumber\":\"" + BotNumber + "\",\"authorUuid\":null", "1690000000000")]
    [InlineData("\"authorNumber\":null,\"authorUuid\":\"" + BotUuid + "\"", "1690000000000")]
    [InlineData("\"authorNumber\":null,\"authorUuid\":\"" + Uuid + "\"", Uuid + "|1690000000000")]
    public void A_quote_says_what_is_answered(string author, string about)
    {
        var heard = Heard(Message("Yes", $$""","quote":{"id":1690000000000,"author":"somebody",{{author}},"text":"Is it?","attachments":[]}"""));

        Assert.Equal(new MessageRef(about), heard.About);
    }

    [Fact]
    public void What_the_other_did_not_write_in_a_private_chat_we_did()
    {
        var withoutUuid = new Self(BotNumber);

        Assert.Equal(new MessageRef("1690000000000"), Read(Reaction("👍", BotUuid, 1_690_000_000_000), withoutUuid).Update!.About);
        Assert.Null(Read(Reaction("👍", Uuid, 1_690_000_000_000), withoutUuid).Update);
    }

    [Fact]
    public void A_reaction_is_heard_and_one_taken_back_is_not()
    {
        var heard = Heard(Reaction("👍", BotNumber, 1_690_000_000_000));

        Assert.Equal(("👍", new MessageRef("1690000000000")), (heard.Reaction, heard.About));
        Assert.Equal($"{Uuid}|1690000000000", heard.PressHandle);
        Assert.Null(heard.Text);
        Assert.Null(Read(Reaction("👍", BotNumber, 1_690_000_000_000, remove: true)).Update);
    }

    [Fact]
    public void A_reaction_in_a_group_counts_when_it_is_on_a_message_of_ours()
    {
        var heard = Heard(Reaction("👍", BotUuid, 1_690_000_000_000, InGroup));

        Assert.Equal((Group, ChatKind.Group, Person), (heard.Chat, heard.ChatKind, heard.Sender));
        Assert.True(heard.IsAddressed);
        Assert.Equal($"group:{GroupId}|1690000000000", heard.PressHandle);
        Assert.Null(Read(Reaction("👍", OtherUuid, 1_690_000_000_000, InGroup)).Update);
    }

    [Theory]
    [InlineData("Good morning", "", false)]
    [InlineData("/case K-7F3Q", "", true)]
    [InlineData("Yes", ",\"quote\":{\"id\":1690000000000,\"authorNumber\":\"" + BotNumber + "\"}", true)]
    [InlineData("Yes", ",\"quote\":{\"id\":1690000000000,\"authorUuid\":\"" + OtherUuid + "\"}", false)]
    public void A_group_talks_about_other_things_too(string text, string more, bool isForUs)
    {
        var heard = Heard(Message(text, more + InGroup));

        Assert.Equal((Group, ChatKind.Group, "Lawyers"), (heard.Chat, heard.ChatKind, heard.ChatTitle));
        Assert.Equal(isForUs, heard.IsAddressed);
    }

    [Fact]
    public void Our_name_is_taken_out_of_a_command_and_other_names_become_a_sign()
    {
        var heard = Heard(Message(
            "\uFFFC /find \uFFFC now",
            $$""","mentions":[{"name":"x","number":"{{BotNumber}}","uuid":"{{BotUuid}}","start":0,"length":1},"""
            + $$"""{"name":"y","number":null,"uuid":"{{OtherUuid}}","start":8,"length":1}]""" + InGroup));

        Assert.Equal("/find @ now", heard.Text);
        Assert.True(heard.IsAddressed);
    }

    [Theory]
    [InlineData(70, 1)]
    [InlineData(0, 70)]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(2147483647, 2147483647)]
    [InlineData(1, 1)]
    public void A_name_that_stands_nowhere_in_the_text_is_passed_over(int start, int length) =>
        Assert.Equal(
            "\uFFFC now", Heard(Message("\uFFFC now", $$""","mentions":[{"number":"{{BotNumber}}","start":{{start}},"length":{{length}}}]""")).Text);

    [Fact]
    public void Files_are_named_by_what_they_are_and_a_long_text_is_none()
    {
        var heard = Heard(Message("See", """
            ,"attachments":[
              {"contentType":"image/jpeg","filename":null,"id":"a1.jpg","size":1000,"width":1,"height":1,"caption":null,"uploadTimestamp":null},
              {"contentType":"audio/aac","filename":null,"id":"b2.aac","size":2000},
              {"contentType":"video/mp4","id":"c3.mp4","size":3000},
              {"contentType":"application/pdf","filename":"x.pdf","id":"d4.pdf","size":null},
              {"contentType":"text/x-signal-plain","id":"e5","size":5000},
              {"contentType":"image/png","id":null,"size":6000}]
            """));

        Assert.Equal(
            [
                new IncomingFile($"{Uuid}|a1.jpg", "photo", "image/jpeg", 1000), new IncomingFile($"{Uuid}|b2.aac", "voice", "audio/aac", 2000),
                new IncomingFile($"{Uuid}|c3.mp4", "video", "video/mp4", 3000), new IncomingFile(
                    $"{Uuid}|d4.pdf", "document", "application/pdf", null),
            ],
            heard.Files);
    }

    [Fact]
    public void A_place_is_a_link_to_a_map() =>
        Assert.Equal(new GeoPoint(42.4619, 59.6166), Heard(Message("Nukus\nhttps://maps.google.com/maps?q=42.4619%2C59.6166")).Location);

    [Theory]
    [InlineData("\"isDelivery\":true,\"isRead\":false,\"isViewed\":false", ReadReceiptKind.Delivered)]
    [InlineData("\"isDelivery\":false,\"isRead\":true,\"isViewed\":false", ReadReceiptKind.Read)]
    [InlineData("\"isDelivery\":false,\"isRead\":false,\"isViewed\":true", ReadReceiptKind.Read)]
    public void A_phone_tells_what_became_of_our_messages(string flags, ReadReceiptKind kind)
    {
        var heard = Heard(Envelope($$""" "receiptMessage":{"when":{{At}},{{flags}},"timestamps":[1690000000000,1690000000001]} """));

        Assert.Equal(kind, heard.ReadReceipt!.Kind);
        Assert.Equal([new MessageRef("1690000000000"), new MessageRef("1690000000001")], heard.ReadReceipt.Messages);
        Assert.Null(heard.Text);
    }

    [Fact]
    public void A_new_key_is_told_and_what_was_said_under_it_is_another_update()
    {
        const string Locked = """{"exception":{"message":"Untrusted identity: somebody","type":"UntrustedIdentityException"},""";

        var heard = Heard(Locked + Envelope("\"typingMessage\":null")[1..]);

        Assert.Equal(new ChatChange.KeyChanged(), heard.Change);
        Assert.Equal(Person, heard.Sender);
        Assert.NotEqual(Heard(Message("Hello")).Key, heard.Key);
    }

    [Theory]
    [InlineData("\"typingMessage\":{\"action\":\"STARTED\",\"timestamp\":1700000000123}")]
    [InlineData("\"callMessage\":{\"offerMessage\":{\"id\":1,\"type\":\"AUDIO_CALL\",\"opaque\":\"\"}}")]
    [InlineData("\"storyMessage\":{\"allowsReplies\":true,\"textAttachment\":{\"text\":\"Story\"}}")]
    [InlineData("\"syncMessage\":{\"sentMessage\":{\"destination\":\"+15550100199\",\"timestamp\":1,\"message\":\"x\"}}")]
    [InlineData("\"syncMessage\":{}")]
    [InlineData("\"dataMessage\":{\"timestamp\":1,\"message\":null,\"expiresInSeconds\":3600,\"isExpirationUpdate\":true}")]
    [InlineData("\"dataMessage\":{\"timestamp\":1,\"message\":null,\"expiresInSeconds\":0}")]
    [InlineData(
        "\"dataMessage\":{\"timestamp\":1,\"message\":\"x\",\"storyContext\":{\"authorNumber\":null,\"authorUuid\":\"x\",\"sentTimestamp\":1}}")]
    [InlineData("\"receiptMessage\":{\"when\":1,\"isDelivery\":true,\"isRead\":false,\"isViewed\":false,\"timestamps\":[]}")]
    public void What_does_not_concern_us_is_left_out(string content)
    {
        Assert.Null(Read(Envelope(content)).Update);
        Assert.False(Read(Envelope(content)).IsUnreadable);
    }

    [Fact]
    public void What_somebody_deletes_for_everyone_is_told()
    {
        var update = Read(Envelope("\"dataMessage\":{\"timestamp\":2,\"message\":null,\"remoteDelete\":{\"timestamp\":1}}")).Update;

        Assert.NotNull(update?.Deleted);
        Assert.Null(update.Text);
    }

    [Fact]
    public void What_we_say_ourselves_on_another_device_is_left_out()
    {
        Assert.Null(Read(Envelope($"\"dataMessage\":{Data("Hello")}", BotNumber, BotUuid)).Update);
        Assert.Null(Read(Envelope($"\"dataMessage\":{Data("Hello")}", null, BotUuid)).Update);
    }

    [Fact]
    public void Another_account_of_the_same_daemon_is_none_of_our_business()
    {
        var understood = Read(Envelope($"\"dataMessage\":{Data("Hello")}", account: "+15550100177"));

        Assert.True(understood.IsForeign);
        Assert.Null(understood.Update);
    }

    [Fact]
    public void A_group_that_changed_is_to_be_looked_at() =>
        Assert.Equal(
            new SignalAddress("group:" + GroupId),
            Read(Message(null, InGroup.Replace("DELIVER", "UPDATE", StringComparison.Ordinal))).ChangedGroup);

    [Fact]
    public void A_sticker_says_nothing_but_is_somebody_waiting_for_an_answer() =>
        Assert.Null(Heard(Message(null, ""","sticker":{"packId":"00","stickerId":3}""")).Text);

    [Fact]
    public void No_two_things_of_one_moment_have_one_key_and_no_key_holds_an_address()
    {
        string[] keys =
        [
            Heard(Message("Hello")).Key,
            Heard(Message("Hello", at: At + 1)).Key,
            Heard(Envelope($"\"dataMessage\":{Data("Hello")}", uuid: OtherUuid)).Key,
            Heard(Reaction("👍", BotNumber, 1_690_000_000_000)).Key,
            Heard(Envelope($$""" "editMessage":{"targetSentTimestamp":5,"dataMessage":{{Data("Hello")}}} """)).Key,
            Heard(Envelope(""" "receiptMessage":{"isDelivery":true,"timestamps":[7]} """)).Key,
            Heard(Envelope(""" "receiptMessage":{"isDelivery":true,"timestamps":[8]} """)).Key,
            Heard(Envelope(""" "receiptMessage":{"isRead":true,"timestamps":[7]} """)).Key,
            Read(Message("Hello", number: Number)).Introduction!.Key,
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{32}$", key));
        Assert.Equal(keys[0], Heard(Message("Hello")).Key);
    }

    [Fact]
    public void Nothing_prints_who_it_was_or_what_was_said()
    {
        var understood = Read(Message("Aigul was taken", number: Number));

        foreach (var printed in new object[] { understood.Update!, understood.Introduction!, Bot,
            new SignalAddress(Number), SignalRef.Read(understood.Update!.Message)! })
        {
            Assert.DoesNotContain(Number, printed.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Uuid, printed.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("Aigul", printed.ToString(), StringComparison.Ordinal);
        }
    }
}
