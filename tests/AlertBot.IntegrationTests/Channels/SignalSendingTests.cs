using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>The requests to signal-cli, byte for byte, and the meaning of its successful answers.</summary>
public sealed class SignalSendingTests
{
    private const string ToPerson = "\"recipient\":[\"" + SignalFixture.PersonUuid + "\"]";
    private const string ToGroup = "\"groupId\":\"" + SignalFixture.GroupId + "\"";

    private static readonly ChannelAddress Number = new(ChannelKind.Signal, SignalFixture.PersonNumber);

    [Fact]
    public async Task A_text_goes_to_the_account_and_comes_back_as_the_time_it_was_sent()
    {
        await using var signal = await SignalFixture.StartAsync();

        Assert.Equal(new SendResult.Sent(new MessageRef("1700000000001")), await signal.SendAsync(SignalFixture.Person, "Hello"));
        Assert.Equal([("send", $$"""{{{ToPerson}},"message":"Hello"}""")], signal.Daemon.Calls);
        Assert.Equal(SignalFixture.Person, Assert.Single(signal.Left));
    }

    [Fact]
    public async Task All_that_goes_with_a_text_goes_with_it()
    {
        await using var signal = await SignalFixture.StartAsync();

        await signal.SendAsync(SignalFixture.Group, new OutgoingMessage(
            RichText.Of("Look", TextStyle.Bold) + RichText.Of(" здесь"), Silent: true, ReplyTo: new MessageRef(
                $"{SignalFixture.PersonUuid}|1690000000000"))
        {
            File = new OutgoingFile("case.ics", "text/calendar", "BEGIN"u8.ToArray()),
        });

        Assert.Equal(
            [("send",
                $$"""{{{ToGroup}},"message":"Look здесь","textStyle":["0:4:BOLD"],"attachment":"""
                + $$"""["data:text/calendar;filename=case.ics;base64,QkVHSU4="],"quoteTimestamp":"""
                + $$"""1690000000000,"quoteAuthor":"{{SignalFixture.PersonUuid}}","noUrgent":true}""")],
            signal.Daemon.Calls);
    }

    [Fact]
    public async Task Our_own_message_is_quoted_as_ours()
    {
        await using var signal = await SignalFixture.StartAsync();

        await signal.SendAsync(SignalFixture.Person, new OutgoingMessage(RichText.Of("And"), ReplyTo: new MessageRef("1690000000000")));

        Assert.Equal(
            [("send", $$"""{{{ToPerson}},"message":"And","quoteTimestamp":1690000000000,"quoteAuthor":"{{ScriptedDaemon.Account}}"}""")],
            signal.Daemon.Calls);
    }

    [Fact]
    public async Task A_number_is_looked_up_once_and_what_has_it_is_written_to_from_then_on()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Result(
            "getUserStatus",
            $$"""[{"recipient":"{{Number.Value}}","number":"{{Number.Value}}","uuid":"{{SignalFixture.PersonUuid}}","isRegistered":true}]""");

        Assert.Equal(new SendResult.Moved(SignalFixture.Person), await signal.SendAsync(Number));
        Assert.Equal([("getUserStatus", $$"""{"recipient":["{{Number.Value}}"]}""")], signal.Daemon.Calls);
        Assert.Empty(signal.Left);
    }

    [Fact]
    public async Task A_number_that_nobody_has_is_refused()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Result(
            "getUserStatus", $$"""[{"recipient":"{{Number.Value}}","number":"{{Number.Value}}","uuid":null,"isRegistered":false}]""");

        Assert.Equal(new SendResult.Refused(Refusal.Unregistered), await signal.SendAsync(Number));
    }

    [Fact]
    public async Task A_number_that_cannot_be_looked_up_now_is_written_to_all_the_same()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.PlanError("getUserStatus", -5, "Rate limit reached");

        Assert.IsType<SendResult.Sent>(await signal.SendAsync(Number));
        Assert.Equal(("send", $$"""{"recipient":["{{Number.Value}}"],"message":"Hello"}"""), signal.Daemon.Calls.Last());
    }

    [Fact]
    public async Task A_change_names_the_first_message_however_often_it_is_changed()
    {
        await using var signal = await SignalFixture.StartAsync();
        var sent = Assert.IsType<SendResult.Sent>(await signal.SendAsync(SignalFixture.Person)).Message;
        var change = new OutgoingMessage(RichText.Of("Hello again"));

        var changed = Assert.IsType<SendResult.Sent>(await signal.Channel.EditAsync(
            SignalFixture.Person, sent, change, default, () => signal.Left.Enqueue(SignalFixture.Person))).Message;
        await signal.Channel.EditAsync(SignalFixture.Person, changed, change, default, () => signal.Left.Enqueue(SignalFixture.Person));

        Assert.NotEqual(sent, changed);
        Assert.Equal(
            Enumerable.Repeat(("send", $$"""{{{ToPerson}},"message":"Hello again","editTimestamp":{{sent.Value}}}"""), 2),
            signal.Daemon.Calls.Skip(1));
        Assert.Equal(3, signal.Left.Count);
    }

    [Fact]
    public async Task A_change_that_phones_would_pass_over_is_refused()
    {
        await using var signal = await SignalFixture.StartAsync();
        var change = new OutgoingMessage(RichText.Of("Hello again"));
        var sent = Assert.IsType<SendResult.Sent>(await signal.SendAsync(SignalFixture.Person)).Message;
        for (var times = 0; times < 10; times++)
            Assert.IsType<SendResult.Sent>(await signal.Channel.EditAsync(
            SignalFixture.Person, sent, change, default, () => signal.Left.Enqueue(SignalFixture.Person)));

        Assert.Equal(new SendResult.Refused(Refusal.NotEditable), await signal.Channel.EditAsync(
            SignalFixture.Person, sent, change, default, () => signal.Left.Enqueue(SignalFixture.Person)));
        var other = Assert.IsType<SendResult.Sent>(await signal.SendAsync(SignalFixture.Person)).Message;
        signal.Time.Advance(Duration.FromHours(24));
        Assert.Equal(new SendResult.Refused(Refusal.NotEditable), await signal.Channel.EditAsync(SignalFixture.Person, other, change, default));
        Assert.Equal(
            new SendResult.Refused(Refusal.NotEditable),
            await signal.Channel.EditAsync(SignalFixture.Person, new MessageRef($"{SignalFixture.PersonUuid}|1690000000000"), change, default));
        Assert.Equal(12, signal.Daemon.Calls.Count);
    }

    [Fact]
    public async Task A_choice_that_was_understood_gets_a_thumb()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Result("sendReaction", """{"timestamp":1,"results":[]}""");

        await signal.Channel.AnswerPressAsync($"{SignalFixture.Person.Value}|{SignalFixture.Person.Value}|1690000000000", "Taken", default);
        await signal.Channel.AnswerPressAsync($"{SignalFixture.Group.Value}|1690000000000", null, default);
        await signal.Channel.AnswerPressAsync("of another messenger", null, default);

        Assert.Equal(
            [
                ("sendReaction",
                    $$"""{{{ToPerson}},"emoji":"\uD83D\uDC4D","targetAuthor":"{{SignalFixture.PersonUuid}}","targetTimestamp":1690000000000}"""),
                ("sendReaction",
                    $$"""{{{ToGroup}},"emoji":"\uD83D\uDC4D","targetAuthor":"{{ScriptedDaemon.Account}}","targetTimestamp":1690000000000}"""),
            ],
            signal.Daemon.Calls);
        Assert.Empty(signal.Left);
    }

    [Fact]
    public async Task A_thumb_that_does_not_arrive_is_no_failure()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.PlanStatus("sendReaction", 500);
        signal.Daemon.PlanError("sendReaction", -1, "Failed to send message");

        await signal.Channel.AnswerPressAsync($"{SignalFixture.Person.Value}|1690000000000", null, default);
        await signal.Channel.AnswerPressAsync($"{SignalFixture.Person.Value}|1690000000000", null, default);

        Assert.Equal(2, signal.Daemon.Calls.Count);
    }

    [Theory]
    [InlineData("signalcaptcha://signal-hcaptcha.invented.challenge.P1_abc")]
    [InlineData("  signal-hcaptcha.invented.challenge.P1_abc\n")]
    [InlineData("SignalCaptcha://signal-hcaptcha.invented.challenge.P1_abc")]
    public async Task A_solved_captcha_is_handed_in_without_what_opens_the_app(string pasted)
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Result("submitRateLimitChallenge", "{}");

        Assert.True(await signal.Channel.AnswerChallengeAsync("invented-token", pasted, default));
        Assert.Equal(
            [("submitRateLimitChallenge", """{"challenge":"invented-token","captcha":"signal-hcaptcha.invented.challenge.P1_abc"}""")],
            signal.Daemon.Calls);
    }

    [Fact]
    public async Task A_captcha_that_is_refused_opens_nothing()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.PlanError(
            "submitRateLimitChallenge", -6, "Captcha rejected, it may be outdated, already used or solved from a different IP address.");
        signal.Daemon.PlanError("submitRateLimitChallenge", -3, "Submit challenge error: x");

        Assert.False(await signal.Channel.AnswerChallengeAsync("invented-token", "stale", default));
        Assert.False(await signal.Channel.AnswerChallengeAsync("invented-token", "fresh", default));
        Assert.False(await signal.Channel.AnswerChallengeAsync("invented-token", "signalcaptcha://", default));
        Assert.Equal(2, signal.Daemon.Calls.Count);
    }

    [Fact]
    public async Task A_key_is_taken_for_theirs()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Result("trust", "{}");

        Assert.True(await signal.Channel.TrustAsync(SignalFixture.Person, default));
        Assert.Equal([("trust", $$"""{"recipient":"{{SignalFixture.PersonUuid}}","trustAllKnownKeys":true}""")], signal.Daemon.Calls);
    }

    [Fact]
    public async Task A_key_that_the_daemon_does_not_know_is_not_taken_and_a_group_has_none()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.PlanError("trust", -1, "Failed to set the trust for this number, make sure the number is correct.");

        Assert.False(await signal.Channel.TrustAsync(SignalFixture.Person, default));
        Assert.False(await signal.Channel.TrustAsync(SignalFixture.Group, default));
        Assert.Single(signal.Daemon.Calls);
    }

    [Fact]
    public async Task A_file_is_fetched_by_its_id_and_where_it_came_from()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Result("getAttachment", """{"data":"aW52ZW50ZWQ="}""");

        var fetched = await signal.Channel.FetchAsync($"{SignalFixture.Person.Value}|a1.jpg", default);
        await signal.Channel.FetchAsync($"{SignalFixture.Group.Value}|b2.jpg", default);

        Assert.Equal("invented"u8.ToArray(), fetched!.Content);
        Assert.Equal(
            [
                ("getAttachment", $$"""{"recipient":"{{SignalFixture.PersonUuid}}","id":"a1.jpg"}"""),
                ("getAttachment", $$"""{{{ToGroup}},"id":"b2.jpg"}"""),
            ],
            signal.Daemon.Calls);
    }

    [Fact]
    public async Task A_file_that_cannot_be_had_is_none()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.PlanError("getAttachment", -1, "Could not find attachment with ID: a1.jpg");
        signal.Daemon.PlanStatus("getAttachment", 500);
        signal.Daemon.Plan(
            "getAttachment", (context, id) => ScriptedDaemon.WriteAsync(
                context, $$$"""{"jsonrpc":"2.0","result":{"data":"no base64!"},"id":"{{{id}}}"}"""));

        for (var times = 0; times < 3; times++)
            Assert.Null(await signal.Channel.FetchAsync($"{SignalFixture.Person.Value}|a1.jpg", default));
        Assert.Null(await signal.Channel.FetchAsync("of another messenger", default));
    }

    [Fact]
    public async Task Signal_has_no_menu_no_buttons_and_no_link_that_says_something()
    {
        await using var signal = await SignalFixture.StartAsync();

        await signal.Channel.SetCommandsAsync([new CommandHint("report", "Tell what happened")], "en", null, default);
        Assert.Null(await signal.Channel.DeepLinkAsync("code", default));

        Assert.Empty(signal.Daemon.Calls);
        var can = signal.Channel.Capabilities;
        Assert.Equal((false, true, 2000, true), (can.HasButtons, can.CanEdit, can.MaxTextLength, can.HasReadReceipts));
        Assert.Equal((20, 1, 40, 20, 0.5), (can.MessagesPerSecond, can.PerChat, can.PerGroupPerMinute, can.NewPeople!.PerDay, can.Jitter));
        using var stricter = signal.NewChannel(signal.Settings with { NewPeoplePerDay = 3 });
        Assert.Equal(new NewPeopleBudget(3, 3), stricter.Capabilities.NewPeople);
    }

    [Fact]
    public async Task An_address_of_another_messenger_is_refused_without_asking()
    {
        await using var signal = await SignalFixture.StartAsync();

        Assert.Equal(new SendResult.Refused(Refusal.ChatNotFound), await signal.SendAsync(new ChannelAddress(ChannelKind.Telegram, "42")));
        Assert.Equal(new SendResult.Refused(Refusal.ChatNotFound), await signal.SendAsync(new ChannelAddress(ChannelKind.Signal, "42")));
        Assert.Empty(signal.Daemon.Calls);
    }

    [Fact]
    public async Task Members_of_a_group_that_missed_a_message_are_counted_and_not_named()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Result("send", $$"""
            {"timestamp":1700000000500,"results":[
              {"recipientAddress":{"uuid":"{{SignalFixture.PersonUuid}}","number":"{{SignalFixture.PersonNumber}}"},"type":"UNREGISTERED_FAILURE"},
            {"recipientAddress":{"uuid":null,"number":"+15550100102"},"type":"SUCCESS"}]}
            """);

        Assert.Equal(new SendResult.Sent(new MessageRef("1700000000500")), await signal.SendAsync(SignalFixture.Group));
        Assert.Contains("1 of 2 members", signal.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SignalFixture.PersonNumber, signal.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_print_as_a_mask() => Assert.Equal(
        "(Signal settings)", new SignalSettings(new Uri("http://127.0.0.1:8080"), ScriptedDaemon.Account).ToString());
}
