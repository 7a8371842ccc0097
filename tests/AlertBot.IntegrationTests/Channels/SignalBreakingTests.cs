using System.Text;
using AlertBot.Domain.Channels;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>Failures on the way to signal-cli and back: a message that never left is sent later, one that may have arrived is reported so.</summary>
public sealed class SignalBreakingTests
{
    [Fact]
    public async Task A_daemon_that_is_away_has_certainly_got_nothing()
    {
        await using var signal = await SignalFixture.StartAsync(settings => settings with { ApiUrl = new Uri("http://127.0.0.1:9") });

        Assert.Equal(new SendResult.TryLater(Duration.FromSeconds(2), "refused", WaitScope.Message), await signal.SendAsync(SignalFixture.Person));
        Assert.Empty(signal.Left);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_request_leaves_open_whether_it_arrived()
    {
        await using var signal = await SignalFixture.StartAsync();
        const string Answer = """{"jsonrpc":"2.0","result":{"timestamp":1700000000001,"results":[]},"id":"1"}""";
        signal.Daemon.Plan("send", Abort);
        signal.Daemon.Plan("send", (context, _) => ScriptedDaemon.CutAsync(context, Answer));
        signal.Daemon.Plan("send", (context, _) => ScriptedDaemon.WriteAsync(context, Answer[..40]));
        signal.Daemon.Plan("send", (context, _) => ScriptedDaemon.WriteAsync(context, "<html>Welcome</html>"));
        signal.Daemon.Plan("send", (context, _) => ScriptedDaemon.WriteAsync(context, ""));
        signal.Daemon.Plan(
            "send", (context, _) => ScriptedDaemon.WriteAsync(context, """{"jsonrpc":"2.0","result":{"timestamp":5},"id":"of somebody else"}"""));
        signal.Daemon.PlanStatus("send", 201);
        signal.Daemon.PlanStatus("send", 502);
        signal.Daemon.PlanStatus("send", 504);

        string[] reasons =
            ["connection", "connection", "unreadable_answer", "unreadable_answer", "unreadable_answer",
                "unreadable_answer", "no_answer", "gateway", "gateway"];
        foreach (var reason in reasons)
            Assert.Equal(new SendResult.Maybe(reason), await signal.SendAsync(SignalFixture.Person));

        // One attempt each: the channel must not decide whether to risk a repeat.
        Assert.Equal(reasons.Length, signal.Daemon.Calls.Count);
        Assert.Equal(reasons.Length, signal.Left.Count);
    }

    [Fact]
    public async Task A_daemon_that_does_not_answer_is_given_up_after_a_while()
    {
        await using var signal = await SignalFixture.StartAsync();
        var asked = new TaskCompletionSource();
        signal.Daemon.Plan("send", (context, _) => HangAsync(context, asked));

        var sending = signal.SendAsync(SignalFixture.Person);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        signal.Time.Advance(Duration.FromSeconds(60));

        Assert.Equal(new SendResult.Maybe("timeout"), await sending.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_stopping_program_does_not_wait_for_an_answer()
    {
        await using var signal = await SignalFixture.StartAsync();
        var asked = new TaskCompletionSource();
        signal.Daemon.Plan("send", (context, _) => HangAsync(context, asked));
        using var stop = new CancellationTokenSource();

        var sending = signal.Channel.SendAsync(SignalFixture.Person, new OutgoingMessage(RichText.Of("Hello")), stop.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await stop.CancelAsync();

        Assert.Equal(new SendResult.Maybe("stopped"), await sending.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData(400, "turned_away")]
    [InlineData(404, "turned_away")]
    [InlineData(405, "turned_away")]
    [InlineData(415, "turned_away")]
    [InlineData(421, "turned_away")]
    [InlineData(500, "server_error")]
    [InlineData(503, "server_error")]
    public async Task What_is_turned_away_is_sent_later(int status, string reason)
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.PlanStatus("send", status);

        var later = Assert.IsType<SendResult.TryLater>(await signal.SendAsync(SignalFixture.Person));
        Assert.Equal((reason, WaitScope.Message), (later.Reason, later.Scope));
    }

    [Fact]
    public async Task Every_named_failure_comes_through()
    {
        await using var signal = await SignalFixture.StartAsync();
        const string Address = "\"recipientAddress\":{\"uuid\":null,\"number\":\"" + SignalFixture.PersonNumber + "\"},";
        signal.Daemon.PlanResults(-5, "{" + Address + "\"type\":\"RATE_LIMIT_FAILURE\",\"retryAfterSeconds\":77}");
        signal.Daemon.PlanResults(-5, "{" + Address + "\"type\":\"RATE_LIMIT_FAILURE\",\"token\":\"invented-token\",\"retryAfterSeconds\":86400}");
        signal.Daemon.PlanResults(-4, "{" + Address + "\"type\":\"IDENTITY_FAILURE\"}");
        signal.Daemon.PlanResults(-1, "{" + Address + "\"type\":\"UNREGISTERED_FAILURE\"}");
        signal.Daemon.PlanResults(-1, "{" + Address + "\"type\":\"NETWORK_FAILURE\"}");
        signal.Daemon.PlanError("send", -32602, "Specified account does not exist");
        signal.Daemon.PlanError("send", -1, "Group not found: Rw==");
        signal.Daemon.PlanError("send", -1, "User is not a member in group: Lawyers (Rw==)");

        SendResult[] results =
        [
            new SendResult.TryLater(Duration.FromSeconds(77), "rate_limited", WaitScope.Chat),
            new SendResult.Challenged("invented-token", Duration.FromDays(1)),
            new SendResult.Refused(Refusal.KeyChanged),
            new SendResult.Refused(Refusal.Unregistered),
            new SendResult.TryLater(Duration.FromSeconds(5), "network", WaitScope.Message),
            new SendResult.Refused(Refusal.Unauthorized),
            new SendResult.Refused(Refusal.ChatNotFound),
            new SendResult.Refused(Refusal.Kicked),
        ];
        foreach (var result in results)
            Assert.Equal(result, await signal.SendAsync(SignalFixture.Person));
    }

    [Fact]
    public async Task Our_answer_is_found_in_a_batch()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Plan("send", (context, id) => ScriptedDaemon.WriteAsync(
            context,
            $$$"""[{"jsonrpc":"2.0","result":{"timestamp":1},"id":"other"},{"jsonrpc":"2.0","result":{"timestamp":2,"results":"""
            + $$$"""[]},"id":"{{{id}}}"}]"""));

        Assert.Equal(new SendResult.Sent(new MessageRef("2")), await signal.SendAsync(SignalFixture.Person));
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var signal = await SignalFixture.StartAsync();
        signal.Daemon.Plan("getAttachment", async (context, _) =>
        {
            var piece = Encoding.ASCII.GetBytes(new string('A', 1 << 20));
            context.Response.ContentType = "application/json";
            for (var megabytes = 0; megabytes < 64 && !context.RequestAborted.IsCancellationRequested; megabytes++)
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        });

        Assert.Null(await signal.Channel.FetchAsync($"{SignalFixture.Person.Value}|a1.jpg", default));
    }

    [Fact]
    public async Task A_daemon_may_live_below_a_path()
    {
        await using var signal = await SignalFixture.StartAsync(settings => settings with { ApiUrl = new Uri(settings.ApiUrl, "/below/a/path/") });

        Assert.IsType<SendResult.TryLater>(await signal.SendAsync(SignalFixture.Person));
        Assert.Empty(signal.Daemon.Calls);
    }

    private static Task Abort(HttpContext context, string id)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task HangAsync(HttpContext context, TaskCompletionSource asked)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        asked.SetResult();
        await gone.Task;
    }
}
