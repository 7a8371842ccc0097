using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlertBot.IntegrationTests.Support;

/// <summary>A program that is called: it keeps each call, and answers as the test wants.</summary>
internal sealed class WebhookListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<HeardCall> _calls = new();

    private WebhookListener(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single() + "/hook");

    public int Answers { get; set; } = StatusCodes.Status204NoContent;

    public IReadOnlyList<HeardCall> Calls => [.. _calls];

    public static async Task<WebhookListener> StartAsync()
    {
        var builder = TestWeb.Builder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var listener = new WebhookListener(app);
        // As a plain handler of requests its result would be ignored.
        app.MapPost("/hook", (Delegate)listener.HearAsync);
        await app.StartAsync();
        return listener;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> HearAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        _calls.Enqueue(new HeardCall(
            context.Request.Headers["AlertBot-Id"].ToString(), context.Request.Headers["AlertBot-Signature"].ToString(),
            await reader.ReadToEndAsync()));
        if (Answers == StatusCodes.Status302Found)
            context.Response.Headers.Location = "/hook";
        return Results.StatusCode(Answers);
    }
}

internal sealed record HeardCall(string Id, string Signature, string Body);
