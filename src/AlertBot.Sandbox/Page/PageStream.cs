using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AlertBot.Sandbox.Page;

/// <summary>
/// Sends the feed to one open page as server-sent events. Each event's id is its place, so that a reconnecting browser names the last one it got.
/// Clock events have no id, because an old time is useless.
/// </summary>
internal sealed class PageStream(SandboxWorld world, SandboxPage page)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <param name="position">The place up to which the page has everything.</param>
    public async Task WriteAsync(HttpResponse response, string? position, CancellationToken ct)
    {
        response.ContentType = "text/event-stream";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.WriteAsync("retry: 1000\n\n", ct);

        var feed = page.Feed;
        var number = feed.NumberOf(position);
        var shown = "";
        while (true)
        {
            if (number is not { } had || feed.After(had) is not var (news, more))
            {
                // The place is from another start of the sandbox, or too old: the page reads everything again.
                await response.WriteAsync("data: {\"type\":\"reset\"}\n\n", ct);
                return;
            }

            foreach (var json in news)
                await response.WriteAsync($"id: {feed.PositionOf(++had)}\ndata: {json}\n\n", ct);
            number = had;

            var clock = ClockNow();
            if (clock != shown)
                await response.WriteAsync($"data: {clock}\n\n", ct);
            shown = clock;

            await response.Body.FlushAsync(ct);
            await more.WaitAsync(Tick, world.Options.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
        }
    }

    private string ClockNow()
    {
        JsonObject clock;
        lock (world.Gate)
            clock = page.Clock();
        clock["type"] = "clock";
        return clock.ToJsonString();
    }
}
