using System.Text.Json.Nodes;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;
using AlertBot.Tests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.SignalSandbox;

/// <summary>Failures of Signal, one at a time.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private SignalCli _cli = null!;
    private SandboxSignalPhone _phone = null!;

    private SandboxSignal Signal => _cli.Sandbox.Signal;

    public async Task InitializeAsync()
    {
        _cli = await SignalCli.StartAsync();
        _phone = _cli.Sandbox.AddSignalPhone("Test Person");
    }

    public async Task DisposeAsync() => await _cli.DisposeAsync();

    [Fact]
    public async Task A_limit_says_how_long_to_wait_and_ends()
    {
        Signal.LimitFor(Duration.FromSeconds(90));
        _cli.Clock.Advance(Duration.FromSeconds(30));

        var error = await FailAsync();
        Assert.Equal((-5, "Failed to send message due to rate limiting"), ((int)error["code"]!, (string?)error["message"]));
        var result = ResultOf(error);
        Assert.Equal(("RATE_LIMIT_FAILURE", 60), ((string?)result["type"], (int)result["retryAfterSeconds"]!));
        Assert.Null(result["token"]);
        Assert.Equal(60, _cli.Sandbox.Calls[^1].RetryAfter);

        _cli.Clock.Advance(Duration.FromSeconds(60));
        await SendAsync();
    }

    [Fact]
    public async Task An_old_signal_cli_does_not_say_how_long_to_wait()
    {
        Signal.Version = "0.13.18";
        Signal.LimitFor(Duration.FromSeconds(90));

        Assert.Equal("0.13.18", (string?)(await _cli.CallAsync("version"))["version"]);
        Assert.Null(ResultOf(await FailAsync())["retryAfterSeconds"]);
    }

    [Fact]
    public async Task A_captcha_that_is_asked_for_is_solved_by_the_right_answer_only()
    {
        var challenge = Signal.RequireProof();

        var result = ResultOf(await FailAsync());
        Assert.Equal(("RATE_LIMIT_FAILURE", challenge), ((string?)result["type"], (string?)result["token"]));
        Assert.Equal(86400, (int)result["retryAfterSeconds"]!);

        var rejected = await _cli.FailAsync("submitRateLimitChallenge", new { challenge, captcha = "signalcaptcha://wrong" });
        Assert.Equal(-6, (int)rejected["code"]!);
        await FailAsync();

        await _cli.CallAsync("submitRateLimitChallenge", new { challenge, captcha = SandboxSignal.RightCaptcha });
        await SendAsync();
        Assert.NotEqual(challenge, Signal.RequireProof());
    }

    [Fact]
    public async Task A_captcha_for_strangers_leaves_those_alone_who_have_written()
    {
        _phone.SendText("hello");
        var stranger = _cli.Sandbox.AddSignalPhone("Stranger");
        Signal.RequireProof(onlyToStrangers: true);

        await SendAsync();
        Assert.Equal(-5, (int)(await _cli.FailAsync("send", new { recipient = stranger.Number, message = "hello" }))["code"]!);
    }

    [Fact]
    public async Task Strangers_are_counted_by_the_day_where_that_is_switched_on()
    {
        await using var cli = await SignalCli.StartAsync(new SandboxOptions { SignalStrangersPerDay = 2 });
        var people = Enumerable.Range(0, 4).Select(i => cli.Sandbox.AddSignalPhone($"Person {i}")).ToList();
        people[3].SendText("hello");

        await cli.CallAsync("send", new { recipient = people[0].Number, message = "one" });
        await cli.CallAsync("send", new { recipient = people[1].Number, message = "two" });
        await cli.CallAsync("send", new { recipient = people[0].Number, message = "one again" });
        await cli.CallAsync("send", new { recipient = people[3].Number, message = "no stranger" });
        var error = await cli.FailAsync("send", new { recipient = people[2].Number, message = "three" });

        Assert.NotNull(ResultOf(error)["token"]);
        await cli.CallAsync("send", new { recipient = people[1].Number, message = "still no stranger" });
    }

    [Fact]
    public async Task A_daemon_that_is_down_breaks_every_connection_until_it_is_up()
    {
        using var listener = await _cli.ListenAsync();
        Signal.GoDown();

        Assert.True(await listener.BreaksAsync());
        await Assert.ThrowsAnyAsync<HttpRequestException>(SendAsync);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _cli.Http.GetAsync("/api/v1/check"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(_cli.ListenAsync);
        _phone.SendText("is anybody there?");

        Signal.ComeUp();
        await SendAsync();
        using var again = await _cli.ListenAsync();
        Assert.Equal("is anybody there?", await again.NextTextAsync());
    }

    [Fact]
    public async Task Where_signal_is_blocked_nobody_is_reached_and_what_people_write_waits()
    {
        using var listener = await _cli.ListenAsync();
        Signal.BlockSignal();

        var error = await FailAsync();
        _phone.SendText("one");
        _phone.SendText("two");

        Assert.Equal(-1, (int)error["code"]!);
        Assert.Equal("NETWORK_FAILURE", (string?)ResultOf(error)["type"]);
        Assert.Equal(-3, (int)(await _cli.FailAsync("getUserStatus", new { recipient = _phone.Number }))["code"]!);
        Assert.Equal(2, Signal.Waiting);
        Signal.UnblockSignal();
        Assert.Equal("one", await listener.NextTextAsync());
        Assert.Equal("two", await listener.NextTextAsync());
        await SendAsync();
    }

    [Fact]
    public async Task A_limit_for_one_person_holds_nobody_else()
    {
        var other = _cli.Sandbox.AddSignalPhone("Other Person");
        var group = _cli.Sandbox.AddSignalGroup("Night watch", [_phone, other]);
        Signal.LimitFor(Duration.FromMinutes(1), _phone);

        var answer = await _cli.CallAsync("send", new { groupId = group.Id, message = "hello" });

        Assert.Equal(["RATE_LIMIT_FAILURE", "SUCCESS"], answer["results"]!.AsArray().Select(result => (string?)result!["type"]));
        await FailAsync();
    }

    [Fact]
    public async Task An_account_that_was_thrown_out_is_known_no_more()
    {
        Signal.Deregister();

        Assert.Contains("Authorization failed", (string?)(await FailAsync())["message"], StringComparison.Ordinal);
        var error = await _cli.FailAsync("send", new { account = Signal.Account, recipient = _phone.Uuid, message = "hello" });

        Assert.Equal((-32602, "Specified account does not exist"), ((int)error["code"]!, (string?)error["message"]));
        Assert.Empty((JsonArray)await _cli.CallAsync("listAccounts"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(_cli.ListenAsync);
        Signal.Register();
        await SendAsync();
    }

    [Fact]
    public async Task An_answer_is_lost_after_the_message_was_delivered()
    {
        Signal.Faults.Plan(new Fault.DropAfter(), "send");

        await Assert.ThrowsAnyAsync<HttpRequestException>(SendAsync);

        Assert.Single(_phone.Messages);
        using var listener = await _cli.ListenAsync();
        var receipt = (await listener.NextEnvelopeAsync())["receiptMessage"]!;
        Assert.Equal(_phone.Messages[0].Timestamp, (long)receipt["timestamps"]![0]!);
        await SendAsync();
        Assert.Equal(2, _phone.Messages.Count);
    }

    [Fact]
    public async Task A_request_is_lost_before_anything_was_done()
    {
        Signal.Faults.Plan(new Fault.DropBefore(), "send", _phone.Id);

        await Assert.ThrowsAnyAsync<HttpRequestException>(SendAsync);

        Assert.Empty(_phone.Messages);
    }

    [Fact]
    public async Task Any_error_can_be_planned()
    {
        Signal.Faults.Plan(new Fault.Error(-3, "Failed to get response"), "send");

        Assert.Equal((-3, "Failed to get response"), await FailAsync() is var error ? ((int)error["code"]!, (string?)error["message"]) : default);
        Assert.Empty(_phone.Messages);
    }

    [Fact]
    public async Task An_answer_comes_late_though_the_message_is_there_at_once()
    {
        var time = new ManualTimeProvider(SignalCli.Start);
        await using var cli = await SignalCli.StartAsync(new SandboxOptions { Time = time });
        var phone = cli.Sandbox.AddSignalPhone("Test Person");
        cli.Sandbox.Signal.Faults.Plan(new Fault.Slow(TimeSpan.FromMinutes(2)), "send");

        var answer = cli.CallAsync("send", new { recipient = phone.Uuid, message = "hello" });
        await phone.WaitForTextAsync("hello");
        while (time.WaitingTimers == 0)
            await Task.Yield();
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(2));

        await answer;
    }

    private Task<JsonNode> SendAsync() => _cli.CallAsync("send", new { recipient = _phone.Uuid, message = "hello" });

    private Task<JsonNode> FailAsync() => _cli.FailAsync("send", new { recipient = _phone.Uuid, message = "hello" });

    private static JsonNode ResultOf(JsonNode error) => error["data"]!["response"]!["results"]![0]!;
}
