using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AlertBot.Sandbox.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace AlertBot.Sandbox.Signal.Daemon;

/// <summary>
/// Acts as <c>signal-cli daemon --http</c> without <c>-a</c>, version 0.14: JSON-RPC, server-sent events, and signs of life. See its manual page
/// signal-cli-jsonrpc(5).
/// </summary>
internal sealed class SignalDaemon(SignalWorld world, SandboxSignal settings, CallLog calls, IHostApplicationLifetime life)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly SignalMethods _methods = new(world, settings);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.Map("/api/v1/rpc", Guarded(HttpMethods.Post, RpcAsync));
        endpoints.Map("/api/v1/events", Guarded(HttpMethods.Get, EventsAsync));
        endpoints.Map("/api/v1/check", Guarded(HttpMethods.Get, static _ => Task.CompletedTask));
    }

    private RequestDelegate Guarded(string method, Func<HttpContext, Task> answer) => async context =>
    {
        if (settings.IsDown)
        {
            context.Abort();
            return;
        }

        if (!IsAllowed(context.Request.Host, context.Connection.LocalPort))
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        else if (context.Request.Method != method)
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        else
            await answer(context);
    };

    // A web page in a browser on this machine must not reach the daemon under another host name.
    private bool IsAllowed(HostString host, int port) => !IPAddress.IsLoopback(world.Around.Options.Listen)
        || (host.Host.ToLowerInvariant().Trim('[', ']') is "localhost" or "127.0.0.1" or "::1" && (host.Port ?? port) == port);

    private async Task RpcAsync(HttpContext context)
    {
        if (!context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) ?? true)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var ct = context.RequestAborted;
        var exchange = new SignalExchange(world, settings, _methods, calls);
        try
        {
            var (json, problem) = await SignalRequest.ParseAsync(context.Request.Body, ct);
            var answer = problem is null ? await exchange.AnswerAsync(json, ct) : SignalRequest.Answer(
                null, new SignalError(SignalError.ParseError, problem));

            await world.Around.PauseAsync(ct);

            // The phones react even if the answer is lost or never comes.
            if (exchange.Fault is not null)
                exchange.End();
            await WriteAsync(context, answer, exchange.Fault);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The caller hung up.
        }
        finally
        {
            exchange.End();
        }
    }

    private static async Task WriteAsync(HttpContext context, JsonNode? answer, Fault? fault)
    {
        switch (fault)
        {
            case Fault.DropBefore or Fault.DropAfter:
                await BrokenLine.BreakAsync(context, hang: false);
                return;
            case Fault.Hang or Fault.HangAfter:
                await BrokenLine.BreakAsync(context, hang: true);
                return;
            case Fault.ErrorPage page:
                await BrokenLine.WritePageAsync(context, page.Status);
                return;
        }

        if (answer is null)
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(answer.ToJsonString());
        if (fault is Fault.Garbage)
            bytes = bytes[..(bytes.Length / 2)];
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private async Task EventsAsync(HttpContext context)
    {
        SignalStream? stream = null;
        lock (world.Gate)
        {
            var account = context.Request.Query["account"].ToString();
            if (account.Length == 0 || (world.BotIsRegistered && (account == world.BotNumber || account == world.BotId.ToString())))
                stream = world.Inbox.Open();
        }

        if (stream is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var open = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await context.Response.Body.FlushAsync(open.Token);
            while (await WriteNextAsync(context.Response, stream, open.Token)) ;
            context.Abort();
        }
        catch (OperationCanceledException) when (open.IsCancellationRequested)
        {
            // The listener hung up, or the sandbox ends.
        }
        finally
        {
            lock (world.Gate)
                world.Inbox.Close(stream);
        }
    }

    /// <returns>False if the connection was cut.</returns>
    private async Task<bool> WriteNextAsync(HttpResponse response, SignalStream stream, CancellationToken ct)
    {
        string? json;
        Task news;
        lock (world.Gate)
        {
            if (stream.IsCut)
                return false;
            json = stream.Peek()?.ToJson(world.Now.ToUnixTimeMilliseconds());
            news = stream.News;
        }

        if (json is not null)
        {
            await response.WriteAsync($"event:receive\ndata:{json}\n\n", ct);
            await response.Body.FlushAsync(ct);
            lock (world.Gate)
            {
                if (!stream.IsCut)
                    stream.Taken();
            }

            return true;
        }

        try
        {
            await news.WaitAsync(KeepAlive, world.Around.Options.Time, ct);
        }
        catch (TimeoutException)
        {
            await response.WriteAsync(":\n", ct);
            await response.Body.FlushAsync(ct);
        }

        return true;
    }
}
