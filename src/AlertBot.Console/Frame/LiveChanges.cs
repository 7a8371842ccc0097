using AlertBot.Postgres;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace AlertBot.Desk.Frame;

/// <summary>
/// Tells an open page that something changed, so that it asks again for what it shows. Nothing of the change itself is sent, and whether the
/// session still holds is asked each time: a phone that is frozen takes its pages with it.
/// </summary>
public sealed class LiveChanges(ConsoleSessions sessions, Wakeups wakeups, TimeProvider time, IHostApplicationLifetime life)
{
    /// <summary>What changes without a wakeup, such as the time until the next step, is shown as new after this long.</summary>
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(15);

    // A burst of messages is one change.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);

    public async Task StreamAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        try
        {
            while (true)
            {
                var next = NextAsync(end.Token);
                var isOver = !await sessions.IsOpenAsync(context);
                await context.Response.WriteAsync($"event: {(isOver ? "over" : "changed")}\ndata:\n\n", end.Token);
                await context.Response.Body.FlushAsync(end.Token);
                if (isOver)
                    return;
                await next;
                await Task.Delay(Rest, time, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the program stops.
        }
    }

    // Taken before the page looks, so that no change is missed.
    private async Task NextAsync(CancellationToken ct)
    {
        var changes = new[] { Wakeups.Desk, Wakeups.Imports }.Select(wakeups.Next);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await await Task.WhenAny(changes.Append(Task.Delay(AtLeast, time, enough.Token)));
        await enough.CancelAsync();
    }
}
