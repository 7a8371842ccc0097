using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AlertBot.IntegrationTests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>
/// A <c>signal-cli daemon --http</c> over real HTTP that gives scripted answers, byte by byte as signal-cli writes them. It fixes the wire format and
/// fails in every way that a daemon can. The sandbox covers how people talk.
/// </summary>
internal sealed class ScriptedDaemon : IAsyncDisposable
{
    public const string Account = "+15550100100";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, string, Task>>> _planned = new();
    private readonly ConcurrentDictionary<string, string> _results = new();
    private readonly Lock _gate = new();
    private readonly List<Channel<string?>> _streams = [];
    private readonly List<string?> _waiting = [];
    private long _timestamp = 1_700_000_000_000;

    private ScriptedDaemon(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>All calls in order: method and parameters, as text without needless escapes and without the account.</summary>
    public ConcurrentQueue<(string Method, string Params)> Calls { get; } = [];

    /// <summary>The query of every stream that was opened.</summary>
    public ConcurrentQueue<string> EventQueries { get; } = [];

    public int CheckStatus { get; set; } = 200;

    public int EventsStatus { get; set; } = 200;

    public static async Task<ScriptedDaemon> StartAsync()
    {
        var builder = TestWeb.Builder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null);
        var app = builder.Build();
        var daemon = new ScriptedDaemon(app);
        app.MapGet("/api/v1/check", context =>
        {
            context.Response.StatusCode = daemon.CheckStatus;
            return Task.CompletedTask;
        });
        app.MapPost("/api/v1/rpc", daemon.RpcAsync);
        app.MapGet("/api/v1/events", daemon.EventsAsync);
        await app.StartAsync();
        daemon.Result("version", """{"version":"0.14.6"}""");
        daemon.Result("listGroups", "[]");
        return daemon;
    }

    /// <summary>Sets a method's answer from now on. By default <c>send</c> succeeds and any other method is not implemented.</summary>
    public void Result(string method, string json) => _results[method] = json;

    /// <summary>Breaks the next call of a method. Earlier plans come first.</summary>
    public void Plan(string method, Func<HttpContext, string, Task> answer) =>
        _planned.GetOrAdd(method, _ => []).Enqueue(answer);

    public void PlanError(string method, int code, string message, string data = "null") => Plan(method, (context, id) => WriteAsync(
        context, $$"""{"jsonrpc":"2.0","error":{"code":{{code}},"message":{{JsonSerializer.Serialize(message)}},"data":{{data}}},"id":"{{id}}"}"""));

    /// <summary>Nobody got the message: one result for each recipient, as <c>send</c> adds them to its error.</summary>
    public void PlanResults(int code, params string[] results) => PlanError(
        "send", code, "Failed to send message",
        $$$"""{"response":{"results":[{{{string.Join(',', results)}}}],"timestamp":1700000000999}}""");

    public void PlanStatus(string method, int status) => Plan(method, (context, _) =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public void Emit(string json) => EmitRaw($"event:receive\ndata:{json}\n\n");

    /// <summary>Sends to all listeners, or to the first future one.</summary>
    /// <param name="text">Null ends the stream.</param>
    public void EmitRaw(string? text)
    {
        lock (_gate)
        {
            if (_streams.Count == 0)
                _waiting.Add(text);
            foreach (var stream in _streams)
                stream.Writer.TryWrite(text);
        }
    }

    public static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    /// <summary>Promises all bytes and sends half of them.</summary>
    public static async Task CutAsync(HttpContext context, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        EmitRaw(null);
        await _app.DisposeAsync();
    }

    private async Task RpcAsync(HttpContext context)
    {
        // The condition in signal-cli's HttpServerHandler.
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
        {
            context.Response.StatusCode = 415;
            return;
        }

        using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        var request = document.RootElement.Clone();
        var (method, id) = (request.GetProperty("method").GetString()!, request.GetProperty("id").GetString()!);
        Assert.Equal("2.0", request.GetProperty("jsonrpc").GetString());
        var parameters = JsonObject.Create(request.GetProperty("params"))!;
        Assert.Equal(Account, (string?)parameters["account"]);
        parameters.Remove("account");
        Calls.Enqueue((method, parameters.ToJsonString(Relaxed)));

        if (_planned.TryGetValue(method, out var planned) && planned.TryDequeue(out var answer))
            await answer(context, id);
        else if (_results.TryGetValue(method, out var result))
            await WriteAsync(context, $$"""{"jsonrpc":"2.0","result":{{result}},"id":"{{id}}"}""");
        else if (method == "send")
            await WriteAsync(
                context,
                $$$"""{"jsonrpc":"2.0","result":{"timestamp":{{{Interlocked.Increment(ref _timestamp)}}},"results":[{"recipientAddress":"""
                + $$$"""{"uuid":null,"number":"+15550100101"},"type":"SUCCESS"}]},"id":"{{{id}}}"}""");
        else
            await WriteAsync(
                context, $$$"""{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not implemented","data":null},"id":"{{{id}}}"}""");
    }

    private async Task EventsAsync(HttpContext context)
    {
        if (EventsStatus != 200)
        {
            context.Response.StatusCode = EventsStatus;
            return;
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        var stream = Channel.CreateUnbounded<string?>();
        lock (_gate)
        {
            _streams.Add(stream);
            _waiting.ForEach(text => stream.Writer.TryWrite(text));
            _waiting.Clear();
            EventQueries.Enqueue(context.Request.QueryString.Value ?? "");
        }

        try
        {
            await foreach (var text in stream.Reader.ReadAllAsync(context.RequestAborted))
            {
                if (text is null)
                    break;
                await context.Response.WriteAsync(text);
                await context.Response.Body.FlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The reader hung up.
        }
        finally
        {
            lock (_gate)
                _streams.Remove(stream);
        }
    }
}
