using System.Net;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;
using AlertBot.Tests.Support;

namespace AlertBot.IntegrationTests.SignalSandbox;

/// <summary>People's acts on phones as signal-cli reports them, and what happens when nobody listens.</summary>
public sealed class ReceivingTests : IAsyncLifetime
{
    private SignalCli _cli = null!;
    private SandboxSignalPhone _phone = null!;

    public async Task InitializeAsync()
    {
        _cli = await SignalCli.StartAsync();
        _phone = _cli.Sandbox.AddSignalPhone("Test Person");
    }

    public async Task DisposeAsync() => await _cli.DisposeAsync();

    [Fact]
    public async Task A_message_comes_with_its_sender_and_time()
    {
        using var listener = await _cli.ListenAsync();
        var said = _phone.SendText("They took him");

        var news = await listener.NextAsync();

        Assert.Equal(_cli.Sandbox.Signal.Account, (string?)news["account"]);
        var envelope = news["envelope"]!;
        Assert.Equal(_phone.Uuid.ToString(), (string?)envelope["source"]);
        Assert.Equal(_phone.Uuid.ToString(), (string?)envelope["sourceUuid"]);
        Assert.Null(envelope["sourceNumber"]);
        Assert.Equal("Test Person", (string?)envelope["sourceName"]);
        Assert.Equal(said.Timestamp, (long)envelope["timestamp"]!);
        Assert.Equal(said.Timestamp, (long)envelope["dataMessage"]!["timestamp"]!);
        Assert.Equal("They took him", (string?)envelope["dataMessage"]!["message"]);
    }

    [Fact]
    public async Task A_number_is_told_once_the_bot_has_written_to_it_or_the_person_shows_it()
    {
        using var listener = await _cli.ListenAsync();
        var open = _cli.Sandbox.AddSignalPhone("Open Person", showsNumber: true);

        open.SendText("hello");
        Assert.Equal(open.Number, (string?)(await listener.NextEnvelopeAsync())["sourceNumber"]);

        await _cli.CallAsync("send", new { recipient = _phone.Number, message = "hello" });
        Assert.Equal(_phone.Number, (string?)(await listener.NextEnvelopeAsync())["sourceNumber"]);
    }

    [Fact]
    public async Task What_comes_while_nobody_listens_waits_in_order()
    {
        _phone.SendText("one");
        _phone.SendText("two");
        Assert.Equal(2, _cli.Sandbox.Signal.Waiting);
        Assert.Empty(_phone.Messages[0].DeliveredTo);

        using var listener = await _cli.ListenAsync();
        _phone.SendText("three");

        Assert.Equal("one", await listener.NextTextAsync());
        Assert.Equal("two", await listener.NextTextAsync());
        Assert.Equal("three", await listener.NextTextAsync());
        var delivered = await _phone.WaitForMessageAsync(message => message.Text == "three" && message.DeliveredTo.Count > 0);
        Assert.Equal([_cli.Sandbox.Signal.AccountId], delivered.DeliveredTo);
    }

    [Fact]
    public async Task What_comes_while_nobody_listens_is_lost_where_signal_cli_receives_from_the_start()
    {
        _cli.Sandbox.Signal.ReceiveMode = SignalReceiveMode.OnStart;
        _phone.SendText("one");

        using var listener = await _cli.ListenAsync();
        _phone.SendText("two");

        Assert.Equal("two", await listener.NextTextAsync());
        Assert.NotEmpty(_phone.Messages[0].DeliveredTo);
    }

    [Fact]
    public async Task A_line_that_is_cut_loses_nothing()
    {
        using (var first = await _cli.ListenAsync())
        {
            _phone.SendText("one");
            Assert.Equal("one", await first.NextTextAsync());
            await _phone.WaitForMessageAsync(message => message.DeliveredTo.Count > 0);
            _cli.Sandbox.Signal.CutEvents();
            _phone.SendText("two");
            Assert.True(await first.BreaksAsync());
        }

        using var second = await _cli.ListenAsync();
        Assert.Equal("two", await second.NextTextAsync());
    }

    [Fact]
    public async Task A_silent_line_shows_every_15_seconds_that_it_lives()
    {
        var time = new ManualTimeProvider(SignalCli.Start);
        await using var cli = await SignalCli.StartAsync(new SandboxOptions { Time = time });
        using var listener = await cli.ListenAsync();
        while (time.WaitingTimers == 0)
            await Task.Yield();

        time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(":", await listener.LineAsync());
    }

    [Fact]
    public async Task Everybody_who_listens_is_told()
    {
        using var one = await _cli.ListenAsync();
        using var other = await _cli.ListenAsync();
        Assert.Equal(2, _cli.Sandbox.Signal.Listeners);

        _phone.SendText("help");

        Assert.Equal("help", await one.NextTextAsync());
        Assert.Equal("help", await other.NextTextAsync());
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_not_listened_to()
    {
        using var response = await _cli.Http.GetAsync("/api/v1/events?account=%2B12025550199");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
