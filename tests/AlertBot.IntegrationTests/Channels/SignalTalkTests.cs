using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox.Signal;
using NodaTime;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>The channel and people on Signal, who talk to each other through a sandbox's signal-cli over real HTTP.</summary>
public sealed class SignalTalkTests : IAsyncLifetime
{
    private SignalTalk _talk = null!;

    public async Task InitializeAsync() => _talk = await SignalTalk.StartAsync();

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task They_write_to_each_other_and_quote_each_other()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person");
        person.SendText("Hello");
        var heard = await _talk.NextAsync();
        Assert.Equal((person.Address, "Hello"), (heard.Chat, heard.Text));

        await _talk.SendAsync(person.Address, new OutgoingMessage(RichText.Of("Good ") + RichText.Of("day", TextStyle.Bold), ReplyTo: heard.Message));
        var seen = await person.WaitForTextAsync("Good day");
        Assert.Equal(person.Uuid, seen.Quote!.Author);
        Assert.Equal(new SandboxSignalStyle(5, 3, "BOLD"), Assert.Single(seen.Styles));

        person.Quote(seen, "And to you");
        Assert.Equal(SignalTalk.Ref(seen.Timestamp), (await _talk.NextMessageAsync()).About);
    }

    [Fact]
    public async Task A_phone_tells_that_a_message_arrived_and_was_read()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person");
        var sent = await _talk.SendAsync(person.Address);

        Assert.Equal(ReadReceiptKind.Delivered, (await _talk.NextAsync()).ReadReceipt!.Kind);
        person.Read([.. person.Messages]);
        var read = (await _talk.NextAsync()).ReadReceipt!;
        Assert.Equal(ReadReceiptKind.Read, read.Kind);
        Assert.Equal([sent], read.Messages);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thumb_on_a_changed_message_is_one_on_the_message(bool namesLatest)
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person", namesLatestEdit: namesLatest);
        var sent = await _talk.SendAsync(person.Address);
        Assert.IsType<SendResult.Sent>(await _talk.Channel.EditAsync(person.Address, sent, new OutgoingMessage(RichText.Of("Changed")), default));
        Assert.IsType<SendResult.Sent>(
            await _talk.Channel.EditAsync(person.Address, sent, new OutgoingMessage(RichText.Of("Changed again")), default));

        person.React(await person.WaitForTextAsync("Changed again"));
        var heard = await _talk.NextMessageAsync();
        Assert.Equal(("👍", sent), (heard.Reaction, heard.About));

        await _talk.Channel.AnswerPressAsync(heard.PressHandle!, null, default);
        Assert.Contains(Assert.Single(person.Messages).Reactions, reaction => reaction.By == _talk.Signal.AccountId);
    }

    [Fact]
    public async Task A_choice_in_words_gets_a_thumb_on_the_words()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person");
        person.SendText("1");

        await _talk.Channel.AnswerPressAsync((await _talk.NextAsync()).PressHandle!, null, default);

        Assert.Equal("👍", Assert.Single(Assert.Single(person.Messages).Reactions).Emoji);
    }

    [Fact]
    public async Task Photos_come_and_files_go()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person");
        person.SendPhoto([1, 2, 3], "Look");
        var heard = await _talk.NextAsync();
        var photo = Assert.Single(heard.Files);
        Assert.Equal(("photo", "Look"), (photo.Kind, heard.Text));
        Assert.Equal([1, 2, 3], (await _talk.Channel.FetchAsync(photo.Handle, default))!.Content);

        await _talk.SendAsync(
            person.Address, new OutgoingMessage(RichText.Of("Dates")) { File = new OutgoingFile("K-7F3Q даты.ics", "text/calendar", [4, 5]) });
        var file = Assert.Single((await person.WaitForTextAsync("Dates")).Files);
        Assert.Equal("K-7F3Q даты.ics", file.Name);
    }

    [Fact]
    public async Task A_place_and_a_changed_message_are_understood()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person");
        person.SendLocation(42.4619, 59.6166);
        Assert.Equal(new GeoPoint(42.4619, 59.6166), (await _talk.NextAsync()).Location);

        var said = person.SendText("They took him at 5");
        var first = await _talk.NextAsync();
        person.EditText(said, "They took him at 6");
        var changed = await _talk.NextAsync();
        Assert.Equal((true, "They took him at 6", first.Message), (changed.IsEdit, changed.Text, changed.Message));
    }

    [Fact]
    public async Task A_group_takes_the_bot_in_talks_and_throws_it_out()
    {
        var (aigul, marat) = (_talk.Sandbox.AddSignalPhone("Aigul"), _talk.Sandbox.AddSignalPhone("Marat"));
        var group = _talk.Sandbox.AddSignalGroup("Lawyers", [aigul, marat], withBot: false);
        var next = _talk.NextAsync();
        await _talk.Signal.WaitForListenerAsync();

        group.AddBot(aigul);
        Assert.Equal(new ChatChange.BotAdded(), (await next).Change);
        aigul.SendText("Good morning", group);
        Assert.False((await _talk.NextAsync()).IsAddressed);
        marat.SendText("/case", group);
        var command = await _talk.NextAsync();
        Assert.Equal((group.Address, marat.Address, "Lawyers", true), (command.Chat, command.Sender, command.ChatTitle, command.IsAddressed));
        await _talk.SendAsync(group.Address);
        marat.React(await group.WaitForTextAsync("Hello"));
        Assert.Equal("👍", (await _talk.NextMessageAsync()).Reaction);

        var late = _talk.Sandbox.AddSignalPhone("Late");
        group.Join(late);
        Assert.Equal([late.Address], Assert.IsType<ChatChange.MembersJoined>((await _talk.NextMessageAsync()).Change).Who);
        group.RemoveBot(aigul);
        Assert.Equal(new ChatChange.BotRemoved(), (await _talk.NextMessageAsync()).Change);
        Assert.Equal(
            new SendResult.Refused(Refusal.Kicked), await _talk.Channel.SendAsync(group.Address, new OutgoingMessage(RichText.Of("Hello")), default));
    }

    [Fact]
    public async Task Whoever_is_written_to_by_number_is_introduced_by_account()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person");

        Assert.Equal(
            new SendResult.Moved(person.Address), await _talk.Channel.SendAsync(
                person.NumberAddress, new OutgoingMessage(RichText.Of("Hello")), default));
        Assert.Equal(
            new SendResult.Refused(Refusal.Unregistered),
            await _talk.Channel.SendAsync(
                new ChannelAddress(ChannelKind.Signal, "+15550100199"), new OutgoingMessage(RichText.Of("Hello")), default));
    }

    [Fact]
    public async Task Whoever_shows_a_number_is_introduced_before_what_they_say()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person", showsNumber: true);
        person.SendText("Hello");

        var introduction = await _talk.NextAsync();
        Assert.Equal((person.NumberAddress, new ChatChange.Moved(person.Address)), (introduction.Chat, introduction.Change));
        Assert.Equal((person.Address, "Hello"), ((await _talk.NextAsync()).Chat, "Hello"));
    }

    [Fact]
    public async Task A_new_key_stops_both_ways_until_it_is_trusted()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person");
        person.SendText("Hello");
        await _talk.NextAsync();
        person.ChangeKey();
        person.SendText("It is me, really");

        Assert.Equal(new ChatChange.KeyChanged(), (await _talk.NextAsync()).Change);
        Assert.Equal(
            new SendResult.Refused(Refusal.KeyChanged), await _talk.Channel.SendAsync(
                person.Address, new OutgoingMessage(RichText.Of("Hello")), default));

        Assert.True(await _talk.Channel.TrustAsync(person.Address, default));
        Assert.Equal("It is me, really", (await _talk.NextAsync()).Text);
        await _talk.SendAsync(person.Address);
    }

    [Fact]
    public async Task A_limit_passes_and_proof_is_given()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person");
        var hello = new OutgoingMessage(RichText.Of("Hello"));
        _talk.Signal.LimitFor(Duration.FromSeconds(90));
        Assert.Equal(
            new SendResult.TryLater(Duration.FromSeconds(90), "rate_limited", WaitScope.Chat),
            await _talk.Channel.SendAsync(person.Address, hello, default));
        _talk.Time.Advance(Duration.FromSeconds(90));

        var token = _talk.Signal.RequireProof();
        Assert.Equal(new SendResult.Challenged(token, Duration.FromDays(1)), await _talk.Channel.SendAsync(person.Address, hello, default));
        Assert.False(await _talk.Channel.AnswerChallengeAsync(token, "signalcaptcha://wrong", default));
        Assert.True(await _talk.Channel.AnswerChallengeAsync(token, SandboxSignal.RightCaptcha, default));
        await _talk.SendAsync(person.Address);
    }

    [Fact]
    public async Task What_is_said_while_the_daemon_is_away_is_heard_when_it_is_back()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person");
        person.SendText("Before");
        await _talk.NextAsync();
        var next = _talk.NextAsync();
        _talk.Signal.GoDown();
        person.SendText("Meanwhile");
        Assert.IsNotType<SendResult.Sent>(await _talk.Channel.SendAsync(person.Address, new OutgoingMessage(RichText.Of("Hello")), default));
        await _talk.Time.PassUntilAsync(() => _talk.Channel.State == SignalState.Unreachable);

        _talk.Signal.ComeUp();
        await _talk.Time.PassUntilAsync(() => next.IsCompleted);

        Assert.Equal("Meanwhile", (await next).Text);
    }

    [Fact]
    public async Task An_account_that_is_registered_no_more_is_told_by_name()
    {
        var person = _talk.Sandbox.AddSignalPhone("Test Person");
        _talk.Signal.Deregister();

        Assert.Equal(SignalState.AccountUnknown, await _talk.Channel.ProbeAsync(default));
        Assert.Equal(
            new SendResult.Refused(Refusal.Unauthorized), await _talk.Channel.SendAsync(
                person.Address, new OutgoingMessage(RichText.Of("Hello")), default));
        _talk.Signal.Register();
        Assert.Equal(SignalState.Receiving, await _talk.Channel.ProbeAsync(default));
    }
}
