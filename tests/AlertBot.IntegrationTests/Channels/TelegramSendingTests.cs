using AlertBot.Domain.Channels;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>What people get to see.</summary>
public sealed class TelegramSendingTests
{
    [Fact]
    public async Task A_person_sees_the_text_its_styles_and_its_buttons()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        var text = RichText.Of("Taken: ") + RichText.Of("K-7F3Q", TextStyle.Bold) + RichText.Of(" 🕯 ") + RichText.Of("hidden", TextStyle.Spoiler);

        var result = await telegram.SendAsync(person.Address, new OutgoingMessage(
            text, [[new Choice("I'm on it", "ack:1"), new Choice("Can't", "no:1")], [new Choice("Details", "more:1")]], Silent: true));

        var message = Assert.Single(person.Messages);
        Assert.Equal(new SendResult.Sent(new MessageRef(message.Id.ToString())), result);
        Assert.Equal("Taken: K-7F3Q 🕯 hidden", message.Text);
        Assert.Equal(
            [("bold", "K-7F3Q"), ("spoiler", "hidden")],
            message.Entities.Select(entity => (entity.Type, message.Text.Substring(entity.Offset, entity.Length))));
        Assert.Equal(["I'm on it", "Can't", "Details"], message.AllButtons.Select(button => button.Text));
        Assert.Equal(2, message.Buttons.Count);
        Assert.True(message.IsSilent);
        Assert.Single(telegram.Left);
    }

    [Fact]
    public async Task A_file_comes_with_its_name_and_the_words_under_it()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");

        var file = new OutgoingFile("dates.ics", "text/calendar", "BEGIN:VCALENDAR"u8.ToArray());
        var result = await telegram.SendAsync(person.Address, new OutgoingMessage(RichText.Of("Две даты")) { File = file });

        var message = Assert.Single(person.Messages);
        Assert.Equal(new SendResult.Sent(new MessageRef(message.Id.ToString())), result);
        Assert.Equal(("Две даты", "dates.ics", 15), (message.Text, message.File!.Name, message.File.Size));
        Assert.Single(telegram.Left);
    }

    [Fact]
    public async Task Words_too_long_to_stand_under_a_file_are_refused()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");

        var result = await telegram.SendAsync(
            person.Address, new OutgoingMessage(RichText.Of(new string('x', 1_025))) { File = new OutgoingFile("a.ics", "text/calendar", [1]) });

        Assert.Equal(new SendResult.Refused(Refusal.BadMessage), result);
        Assert.Empty(person.Messages);
    }

    [Fact]
    public async Task An_edit_changes_the_message_in_place_and_the_same_edit_again_is_done_too()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        var sent = Assert.IsType<SendResult.Sent>(await telegram.SendAsync(
            person.Address, new OutgoingMessage(RichText.Of("Who goes?"), [[new Choice("Me", "me")]])));
        var edit = new OutgoingMessage(RichText.Of("Taken by someone"));

        Assert.IsType<SendResult.Sent>(await telegram.Channel.EditAsync(person.Address, sent.Message, edit, default));
        Assert.Equal(sent, await telegram.Channel.EditAsync(person.Address, sent.Message, edit, default));

        var message = Assert.Single(person.Messages);
        Assert.Equal("Taken by someone", message.Text);
        Assert.Empty(message.Buttons);
        Assert.NotNull(message.EditedAt);
    }

    [Fact]
    public async Task A_press_reaches_us_and_the_answer_reaches_the_person()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul", "ru");
        await telegram.SendAsync(person.Address, new OutgoingMessage(RichText.Of("Who goes?"), [[new Choice("Me", "me:7")]]));

        var press = person.Press(person.Messages[0], "Me");
        var update = await telegram.NextAsync();
        await telegram.Channel.AnswerPressAsync(update.PressHandle!, "Noted", default);

        Assert.Equal(("me:7", person.Address, "ru"), (update.Pressed, update.Sender, update.LanguageHint));
        Assert.Equal(person.Messages[0].Id.ToString(), update.About!.Value);
        Assert.Equal("Noted", await press.Answer);
    }

    [Theory]
    [InlineData("blocked", Refusal.Blocked)]
    [InlineData("deactivated", Refusal.Deactivated)]
    [InlineData("stranger", Refusal.ChatNotFound)]
    [InlineData("stranger in our group", Refusal.ChatNotFound)]
    [InlineData("unknown", Refusal.ChatNotFound)]
    [InlineData("kicked", Refusal.Kicked)]
    [InlineData("deleted group", Refusal.Kicked)]
    [InlineData("muted", Refusal.NoRights)]
    [InlineData("closed topic", Refusal.TopicClosed)]
    [InlineData("deleted topic", Refusal.TopicClosed)]
    public async Task What_will_never_succeed_is_refused_by_name(string what, Refusal why)
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var sandbox = telegram.Sandbox;
        var person = sandbox.AddPerson("Aigul", hasStarted: !what.StartsWith("stranger", StringComparison.Ordinal));
        var group = sandbox.AddGroup("Circle", what == "stranger" ? [] : [person], isForum: true);
        var topic = group.AddTopic("Almaty");

        var to = person.Address;
        switch (what)
        {
            case "blocked": person.BlockBot(); break;
            case "deactivated": person.Deactivate(); break;
            case "unknown": to = new ChannelAddress(ChannelKind.Telegram, "424242"); break;
            case "kicked": group.RemoveBot(person); to = group.Address; break;
            case "deleted group": group.Delete(); to = group.Address; break;
            case "muted": group.Mute(); to = group.Address; break;
            case "closed topic": group.CloseTopic(topic); to = group.AddressOf(topic); break;
            case "deleted topic": group.DeleteTopic(topic); to = group.AddressOf(topic); break;
        }

        Assert.Equal(new SendResult.Refused(why), await telegram.SendAsync(to));
    }

    [Fact]
    public async Task A_group_that_became_a_supergroup_gives_its_new_address()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var group = telegram.Sandbox.AddGroup("Circle", [telegram.Sandbox.AddPerson("Aigul")], isBasic: true);
        var old = group.Address;
        group.Migrate();

        Assert.Equal(new SendResult.Moved(group.Address), await telegram.SendAsync(old));
        Assert.IsType<SendResult.Sent>(await telegram.SendAsync(group.Address));
    }

    [Fact]
    public async Task A_topic_of_a_forum_is_an_address_of_its_own()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var group = telegram.Sandbox.AddGroup("Circle", [telegram.Sandbox.AddPerson("Aigul")], isForum: true);
        var topic = group.AddTopic("Almaty");

        await telegram.SendAsync(group.AddressOf(topic), "in the topic");

        Assert.Equal(topic, (await group.WaitForTextAsync("in the topic")).ThreadId);
    }

    [Fact]
    public async Task A_bad_message_is_not_held_against_the_address()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        OutgoingMessage[] bad =
        [
            new(RichText.Of(" \n ")),
            new(RichText.Of(new string('x', 4097))),
            new(new RichText("short", [new TextSpan(3, 9, TextStyle.Bold)])),
            new(RichText.Of("text"), [[new Choice("long", new string('д', 33))]]),
        ];

        foreach (var message in bad)
            Assert.Equal(new SendResult.Refused(Refusal.BadMessage), await telegram.SendAsync(person.Address, message));
        Assert.IsType<SendResult.Sent>(await telegram.SendAsync(person.Address));
    }

    [Fact]
    public async Task A_message_that_is_gone_cannot_be_edited()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        var sent = Assert.IsType<SendResult.Sent>(await telegram.SendAsync(person.Address));
        person.Delete(long.Parse(sent.Message.Value));
        var foreign = person.SendText("mine");

        var edit = new OutgoingMessage(RichText.Of("new"));
        Assert.Equal(new SendResult.Refused(Refusal.NotEditable), await telegram.Channel.EditAsync(person.Address, sent.Message, edit, default));
        Assert.Equal(
            new SendResult.Refused(Refusal.NotEditable),
            await telegram.Channel.EditAsync(person.Address, new MessageRef(foreign.Id.ToString()), edit, default));
    }

    [Fact]
    public async Task An_answer_to_a_message_that_was_deleted_is_sent_all_the_same()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        var question = person.SendText("When?");
        person.Delete(question.Id);

        Assert.IsType<SendResult.Sent>(await telegram.SendAsync(
            person.Address, new OutgoingMessage(RichText.Of("Tomorrow"), ReplyTo: new MessageRef(question.Id.ToString()))));
    }

    [Fact]
    public async Task Too_many_messages_make_a_group_wait_and_a_person_the_whole_account()
    {
        await using var telegram = await TelegramFixture.StartAsync(new SandboxOptions
        {
            Limits = new SandboxLimits(ChatBurst: 1, PerSecond: 1000),
        });
        var person = telegram.Sandbox.AddPerson("Aigul");
        var group = telegram.Sandbox.AddGroup("Circle", [person]);
        await telegram.SendAsync(person.Address);
        await telegram.SendAsync(group.Address);

        Assert.Equal(new SendResult.TryLater(Duration.FromSeconds(1), "rate_limited", WaitScope.Account), await telegram.SendAsync(person.Address));
        Assert.Equal(new SendResult.TryLater(Duration.FromSeconds(1), "rate_limited", WaitScope.Chat), await telegram.SendAsync(group.Address));
    }

    [Fact]
    public async Task A_refused_token_is_the_operators_matter()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        telegram.Sandbox.Faults.Plan(new Fault.Error(401, "Unauthorized"));
        telegram.Sandbox.Faults.Plan(new Fault.Error(404, "Not Found"));

        Assert.Equal(new SendResult.Refused(Refusal.Unauthorized), await telegram.SendAsync(person.Address));
        Assert.Equal(new SendResult.Refused(Refusal.Unauthorized), await telegram.SendAsync(person.Address));
    }

    [Fact]
    public async Task An_error_page_of_a_server_in_between_means_later()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        telegram.Sandbox.Faults.Plan(new Fault.ErrorPage(502));

        var later = Assert.IsType<SendResult.TryLater>(await telegram.SendAsync(person.Address));
        Assert.Equal(("server_error", WaitScope.Message), (later.Reason, later.Scope));
    }
}
