using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>The event stream of signal-cli, and everything that can happen to it.</summary>
public sealed class SignalReceivingTests
{
    private const long At = 1_700_000_050_000;

    [Fact]
    public async Task What_a_person_writes_is_heard()
    {
        await using var signal = await SignalFixture.StartAsync();

        var heard = await signal.HearAsync(SignalFixture.Says("Hello", At));

        Assert.Equal((SignalFixture.Person, ChatKind.Private, "Hello"), (heard.Chat, heard.ChatKind, heard.Text));
        Assert.Equal(SignalFixture.Person, heard.Sender);
        Assert.Equal(new MessageRef($"{SignalFixture.PersonUuid}|{At}"), heard.Message);
        Assert.Equal(SignalState.Receiving, signal.Channel.State);
        Assert.Equal("?account=%2B15550100100", Assert.Single(signal.Daemon.EventQueries));
        Assert.Equal(["version", "listGroups"], signal.Daemon.Calls.Select(call => call.Method));
    }

    [Fact]
    public async Task What_is_said_twice_is_heard_once()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Emit(SignalFixture.Says("One", At));
        signal.Daemon.Emit(SignalFixture.Says("One", At));
        signal.Daemon.Emit(SignalFixture.Says("Two", At + 1));

        Assert.Equal("One", (await signal.NextAsync()).Text);
        Assert.Equal("Two", (await signal.NextAsync()).Text);
    }

    [Fact]
    public async Task One_odd_event_does_not_stop_the_others()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.EmitRaw(":\ngarbage\n\nevent:receive\ndata:{\"envelope\":\n\nevent:receive\ndata:[5]\n\n");
        signal.Daemon.EmitRaw("data:" + new string('x', EventStream.LargestLine + 1) + "\n\n");
        signal.Daemon.Emit(SignalFixture.Says("After all that", At));

        Assert.Equal("After all that", (await signal.NextAsync()).Text);
        Assert.Contains("too large", signal.Log.Text, StringComparison.Ordinal);
        Assert.Contains("unreadable", signal.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("envelope", signal.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_may_be_long()
    {
        await using var signal = await SignalFixture.StartAsync();
        var text = new string('x', 1 << 20);

        Assert.Equal(text, (await signal.HearAsync(SignalFixture.Says(text, At))).Text);
    }

    [Fact]
    public async Task A_stream_that_ends_is_opened_again_after_a_pause()
    {
        await using var signal = await SignalFixture.StartAsync();
        await signal.HearAsync(SignalFixture.Says("Before", At));

        var next = signal.NextAsync();
        signal.Daemon.EmitRaw(null);
        await signal.UntilAsync(() => signal.Channel.State == SignalState.Unreachable);
        signal.Daemon.Emit(SignalFixture.Says("After", At + 1));
        await signal.Time.PassUntilAsync(() => next.IsCompleted);

        Assert.Equal("After", (await next).Text);
        Assert.Equal(SignalState.Receiving, signal.Channel.State);
        Assert.Equal(2, signal.Daemon.EventQueries.Count);
    }

    [Fact]
    public async Task A_stream_without_a_sign_of_life_is_opened_again()
    {
        await using var signal = await SignalFixture.StartAsync();
        await signal.HearAsync(SignalFixture.Says("Before", At));

        var next = signal.NextAsync();
        await signal.Time.PassUntilAsync(() => signal.Daemon.EventQueries.Count == 2);
        signal.Daemon.Emit(SignalFixture.Says("After", At + 1));

        Assert.Equal("After", (await next).Text);
        Assert.Contains("silent", signal.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_daemon_that_is_away_is_waited_for_and_that_is_said_once()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.CheckStatus = 503;
        signal.Daemon.Emit(SignalFixture.Says("At last", At));

        var next = signal.NextAsync();
        await signal.Time.PassUntilAsync(() => signal.Log.Text.Contains("still Unreachable", StringComparison.Ordinal));
        Assert.Equal(SignalState.Unreachable, signal.Channel.State);
        signal.Daemon.CheckStatus = 200;
        await signal.Time.PassUntilAsync(() => next.IsCompleted);

        Assert.Equal("At last", (await next).Text);
        Assert.Single(signal.Log.Text.Split('\n'), line => line.StartsWith("Warning Signal: Unreachable", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.13.11")]
    [InlineData("0.9.2")]
    [InlineData("0.13.4-SNAPSHOT")]
    public async Task A_daemon_that_is_too_old_is_not_listened_to(string version)
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Result("version", $$"""{"version":"{{version}}"}""");

        Assert.Equal(SignalState.TooOld, await signal.StateAsync());
        Assert.Empty(signal.Daemon.EventQueries);
    }

    [Theory]
    [InlineData("0.13.12")]
    [InlineData("0.15.0-SNAPSHOT")]
    [InlineData("1.0.0+abcdef")]
    [InlineData("unknown")]
    public async Task Any_other_is(string version)
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Result("version", $$"""{"version":"{{version}}"}""");

        Assert.Equal(SignalState.Receiving, await signal.Channel.ProbeAsync(default));
    }

    [Fact]
    public async Task An_account_that_the_daemon_does_not_have_is_told_by_name()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.PlanError("version", -32602, "Specified account does not exist");

        Assert.Equal(SignalState.AccountUnknown, await signal.StateAsync());
        Assert.Equal(SignalState.Receiving, await signal.Channel.ProbeAsync(default));
    }

    [Theory]
    [InlineData(400, SignalState.AccountUnknown)]
    [InlineData(404, SignalState.NotSignalCli)]
    [InlineData(421, SignalState.NameRefused)]
    [InlineData(500, SignalState.Unreachable)]
    public async Task A_stream_that_is_refused_says_why(int status, SignalState state)
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.EventsStatus = status;

        Assert.Equal(state, await signal.StateAsync());
    }

    [Theory]
    [InlineData(404, SignalState.NotSignalCli)]
    [InlineData(421, SignalState.NameRefused)]
    [InlineData(502, SignalState.Unreachable)]
    public async Task Whatever_answers_there_is_told_by_name(int status, SignalState state)
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.CheckStatus = status;

        Assert.Equal(state, await signal.Channel.ProbeAsync(default));
    }

    [Fact]
    public async Task A_web_page_is_no_daemon()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Plan("version", (context, _) => ScriptedDaemon.WriteAsync(context, "<html>Welcome</html>"));

        Assert.Equal(SignalState.NotSignalCli, await signal.Channel.ProbeAsync(default));
    }

    [Fact]
    public async Task Events_of_another_account_are_passed_over_and_that_is_said_once()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Emit(SignalFixture.Says("Not for us", At, account: "+15550100177"));
        signal.Daemon.Emit(SignalFixture.Says("Nor this", At + 1, account: "+15550100177"));

        Assert.Equal("For us", (await signal.HearAsync(SignalFixture.Says("For us", At + 2))).Text);
        Assert.Single(signal.Log.Text.Split('\n'), line => line.Contains("another account", StringComparison.Ordinal));
        Assert.DoesNotContain("15550100177", signal.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reaction_on_a_changed_message_is_one_on_the_message()
    {
        await using var signal = await SignalFixture.StartAsync();
        var sent = Assert.IsType<SendResult.Sent>(await signal.SendAsync(SignalFixture.Person)).Message;
        var changed = Assert.IsType<SendResult.Sent>(
            await signal.Channel.EditAsync(SignalFixture.Person, sent, new OutgoingMessage(RichText.Of("Hello again")), default)).Message;

        var heard = await signal.HearAsync(SignalFixture.Says(
            "", At,
            $$$""","reaction":{"emoji":"👍","targetAuthorNumber":"{{{ScriptedDaemon.Account}}}",""" +
            $$$""" "targetSentTimestamp":{{{changed.Value}}},"isRemove":false}"""));

        Assert.Equal(("👍", sent), (heard.Reaction, heard.About));
    }

    [Fact]
    public async Task A_group_that_is_new_has_added_the_bot_and_one_more_member_is_told()
    {
        await using var signal = await SignalFixture.StartAsync();
        await signal.HearAsync(SignalFixture.Says("Hello", At));
        signal.Daemon.Result("listGroups", Groups(isMember: true, SignalFixture.PersonUuid));

        var added = await signal.HearAsync(Updated(At + 1));
        Assert.Equal((SignalFixture.Group, ChatKind.Group, new ChatChange.BotAdded()), (added.Chat, added.ChatKind, added.Change));

        signal.Daemon.Result("listGroups", Groups(isMember: true, SignalFixture.PersonUuid, "11111111-2222-4333-8444-555555555555"));
        var joined = Assert.IsType<ChatChange.MembersJoined>((await signal.HearAsync(Updated(At + 2))).Change);
        Assert.Equal("11111111-2222-4333-8444-555555555555", Assert.Single(joined.Who).Value);

        signal.Daemon.Result("listGroups", Groups(isMember: false));
        Assert.Equal(new ChatChange.BotRemoved(), (await signal.HearAsync(Updated(At + 3))).Change);
    }

    [Fact]
    public async Task An_invitation_to_a_group_is_accepted()
    {
        await using var signal = await SignalFixture.StartAsync();
        await signal.HearAsync(SignalFixture.Says("Hello", At));
        signal.Daemon.Result(
            "listGroups",
            $$"""[{"id":"{{SignalFixture.GroupId}}","isMember":false,"members":[],"pendingMembers":"""
            + $$"""[{"number":"{{ScriptedDaemon.Account}}","uuid":null}]}]""");
        signal.Daemon.Plan("updateGroup", (context, id) =>
        {
            signal.Daemon.Result("listGroups", Groups(isMember: true, SignalFixture.PersonUuid));
            return ScriptedDaemon.WriteAsync(context, $$$"""{"jsonrpc":"2.0","result":{"timestamp":1,"results":[]},"id":"{{{id}}}"}""");
        });

        Assert.Equal(new ChatChange.BotAdded(), (await signal.HearAsync(Updated(At + 1))).Change);
        Assert.Contains(("updateGroup", $$"""{"groupId":"{{SignalFixture.GroupId}}"}"""), signal.Daemon.Calls);
    }

    [Fact]
    public async Task Nothing_personal_is_in_the_log_whatever_happens()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.PlanError("send", -1, $"The user {SignalFixture.PersonNumber} is not registered.");
        signal.Daemon.PlanError("getUserStatus", -3, $"Unable to check {SignalFixture.PersonNumber}");
        signal.Daemon.PlanError("trust", -1, $"Failed for {SignalFixture.PersonNumber}");
        var number = new ChannelAddress(ChannelKind.Signal, SignalFixture.PersonNumber);
        await signal.SendAsync(number, "Aigul was taken");
        await signal.Channel.TrustAsync(number, default);
        await signal.Channel.AnswerPressAsync($"{SignalFixture.Person.Value}|1690000000000", null, default);
        await signal.HearAsync(SignalFixture.Says("Aigul was taken", At));
        signal.Daemon.EmitRaw("data:{\"account\":\"+15550100101\",\"envelope\":\"Aigul\"\n\n");
        await signal.HearAsync(SignalFixture.Says("Aigul was taken again", At + 1));

        Assert.Contains("Signal", signal.Log.Text, StringComparison.Ordinal);
        foreach (var secret in new[] { "1555010010", SignalFixture.PersonUuid, "Aigul", "Invented", "account=" })
            Assert.DoesNotContain(secret, signal.Log.Text, StringComparison.Ordinal);
    }

    private static string Updated(long at) => SignalFixture.Says(
        "", at, $$""","groupInfo":{"groupId":"{{SignalFixture.GroupId}}","groupName":"Lawyers","revision":1,"type":"UPDATE"}""");

    private static string Groups(bool isMember, params string[] members) =>
        $$"""[{"id":"{{SignalFixture.GroupId}}","name":"Lawyers","isMember":{{(isMember ? "true" : "false")}},"members":"""
        + $$"""[{{string.Join(',', members.Select(uuid => $$"""{"number":null,"uuid":"{{uuid}}","isAdmin":false}"""))}}],"pendingMembers":[]}]""";
}
