using AlertBot.Domain.Channels;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>Failing servers, broken connections, and a token that is in no log.</summary>
public sealed class TelegramBreakingTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task An_error_of_the_server_means_later(int code)
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        telegram.Sandbox.Faults.Plan(new Fault.Error(code, "Internal Server Error"));

        var later = Assert.IsType<SendResult.TryLater>(await telegram.SendAsync(person.Address));
        Assert.Equal(("server_error", WaitScope.Message), (later.Reason, later.Scope));
        Assert.Empty(person.Messages);
    }

    [Fact]
    public async Task A_wait_is_left_to_the_outbox_and_the_call_is_made_once()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        telegram.Sandbox.Faults.Plan(new Fault.Error(429, "Too Many Requests: retry after 17", RetryAfter: 17));

        Assert.Equal(new SendResult.TryLater(Duration.FromSeconds(17), "rate_limited", WaitScope.Account), await telegram.SendAsync(person.Address));
        Assert.Single(telegram.Sandbox.Calls);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_request_leaves_open_whether_it_arrived()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        telegram.Sandbox.Faults.Plan(new Fault.DropAfter());
        telegram.Sandbox.Faults.Plan(new Fault.DropBefore());
        telegram.Sandbox.Faults.Plan(new Fault.Garbage());

        Assert.Equal(new SendResult.Maybe("connection"), await telegram.SendAsync(person.Address, "done, and nobody told"));
        Assert.Equal(new SendResult.Maybe("connection"), await telegram.SendAsync(person.Address, "not done"));
        Assert.IsType<SendResult.Maybe>(await telegram.SendAsync(person.Address, "told, and cut short"));

        // One attempt each: the client must not decide whether to risk a repeat.
        Assert.Equal(["done, and nobody told", "told, and cut short"], person.Messages.Select(message => message.Text));
        Assert.Equal(3, telegram.Sandbox.Calls.Count);
        Assert.Equal(3, telegram.Left.Count);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_a_while()
    {
        await using var telegram = await TelegramFixture.StartAsync(with: settings => settings with { RequestTimeout = TimeSpan.FromSeconds(1) });
        var person = telegram.Sandbox.AddPerson("Aigul");
        telegram.Sandbox.Faults.Plan(new Fault.Hang());

        Assert.Equal(new SendResult.Maybe("timeout"), await telegram.SendAsync(person.Address));
    }

    [Fact]
    public async Task What_never_left_has_certainly_not_arrived()
    {
        await using var telegram = await TelegramFixture.StartAsync(with: settings => settings with { ApiUrl = new Uri("http://127.0.0.1:9") });

        var later = Assert.IsType<SendResult.TryLater>(await telegram.SendAsync(telegram.Sandbox.AddPerson("Aigul").Address));
        Assert.Equal(("refused", WaitScope.Message), (later.Reason, later.Scope));
        Assert.Empty(telegram.Left);
    }

    [Fact]
    public async Task A_stopping_program_does_not_wait_for_an_answer()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        telegram.Sandbox.Faults.Plan(new Fault.Hang());
        using var stop = new CancellationTokenSource();

        var sending = telegram.Channel.SendAsync(person.Address, new OutgoingMessage(RichText.Of("Hello")), stop.Token);
        await stop.CancelAsync();

        Assert.True(await sending is SendResult.Maybe { Reason: "stopped" } or SendResult.TryLater { Reason: "stopped" });
    }

    [Fact]
    public async Task A_press_that_is_old_is_no_failure()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        telegram.Sandbox.Faults.Plan(new Fault.Error(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"));

        await telegram.Channel.AnswerPressAsync("77", null, default);

        Assert.Single(telegram.Sandbox.Calls);
    }

    [Fact]
    public async Task A_server_of_ones_own_may_live_below_a_path()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        await using var proxy = await Proxy.StartAsync(telegram.Sandbox.Url, "/below/a/path");
        using var below = telegram.NewChannel(telegram.Settings with { ApiUrl = new Uri(proxy.Url, "/below/a/path/") });
        person.SendPhoto([1, 2, 3], "at the gate");

        // Every kind of request: a call of the library, the updates, a file.
        Assert.IsType<SendResult.Sent>(await below.SendAsync(person.Address, new OutgoingMessage(RichText.Of("Hello")), default));
        await using var receiving = below.ReceiveAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await receiving.MoveNextAsync());
        Assert.Equal([1, 2, 3], await below.DownloadAsync(receiving.Current.Files[0].Handle, default));
    }

    [Fact]
    public async Task The_token_is_in_no_log_whatever_happens()
    {
        await using var telegram = await TelegramFixture.StartAsync(with: settings => settings with { RequestTimeout = TimeSpan.FromSeconds(1) });
        var person = telegram.Sandbox.AddPerson("Aigul");
        Fault[] faults =
        [
            new Fault.Error(401, "Unauthorized"), new Fault.Error(400, "Bad Request: chat not found"), new Fault.Error(500, "Internal Server Error"),
            new Fault.ErrorPage(502), new Fault.DropBefore(), new Fault.DropAfter(), new Fault.Garbage(), new Fault.Hang(),
        ];
        foreach (var fault in faults)
        {
            telegram.Sandbox.Faults.Plan(fault);
            await telegram.SendAsync(person.Address);
        }

        telegram.Sandbox.Faults.Plan(new Fault.Error(401, "Unauthorized"), "getMe");
        Assert.Null(await telegram.Channel.IdentifyAsync(default));
        telegram.Sandbox.Faults.Plan(new Fault.DropBefore(), "getUpdates");
        person.SendText("Hello");
        await telegram.NextAsync();

        Assert.Contains("Telegram", telegram.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(telegram.Sandbox.Token, telegram.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(telegram.Sandbox.Token[^20..], telegram.Log.Text, StringComparison.Ordinal);
    }

    /// <summary>A server in front of the Bot API, with a path of its own.</summary>
    private sealed class Proxy(WebApplication app, HttpClient behind) : IAsyncDisposable
    {
        public Uri Url => new(app.Urls.First());

        public static async Task<Proxy> StartAsync(Uri api, string below)
        {
            var builder = TestWeb.Builder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var behind = new HttpClient { BaseAddress = api };
            app.Run(async context =>
            {
                if (!context.Request.Path.StartsWithSegments(below, out var rest))
                {
                    context.Response.StatusCode = 404;
                    return;
                }

                using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), rest.Value);
                request.Content = new StreamContent(context.Request.Body);
                if (context.Request.ContentType is { } type)
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                using var answer = await behind.SendAsync(request, context.RequestAborted);
                context.Response.StatusCode = (int)answer.StatusCode;
                await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
            });
            await app.StartAsync();
            return new Proxy(app, behind);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            behind.Dispose();
        }
    }
}
