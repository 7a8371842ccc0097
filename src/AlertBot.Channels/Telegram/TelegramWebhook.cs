using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Channels.Telegram;

/// <summary>The endpoint at which Telegram delivers updates, https://core.telegram.org/bots/api#setwebhook.</summary>
public static class TelegramWebhook
{
    private const int LargestUpdate = 1 << 20;

    /// <summary>
    /// Answers 200 only once the receiver has stored the update or set it aside. Until then Telegram keeps it and delivers it again.
    /// </summary>
    public static IEndpointConventionBuilder MapTelegramWebhook(this IEndpointRouteBuilder endpoints, TelegramChannel channel) =>
        endpoints.MapPost(TelegramSettings.WebhookPath, async context =>
            await (await AcceptAsync(context, channel.Webhook)).ExecuteAsync(context));

    private static async Task<IResult> AcceptAsync(HttpContext context, TelegramWebhookQueue queue)
    {
        if (!queue.IsSecret(context.Request.Headers["X-Telegram-Bot-Api-Secret-Token"].ToString()))
            return Results.StatusCode(StatusCodes.Status401Unauthorized);

        // A larger body is cut off here, and the reader sets it aside. If we refused it, Telegram would repeat it for ever and hold up the updates
        // behind it.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        try
        {
            var update = await context.Request.Body.ReadUpToAsync(LargestUpdate, context.RequestAborted);
            return await queue.DeliverAsync(update, context.RequestAborted)
                ? Results.Ok()
                : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        catch (BadHttpRequestException broken)
        {
            // The body did not arrive whole, so Telegram will deliver it again.
            return Results.StatusCode(broken.StatusCode);
        }
    }
}

/// <summary>Passes accepted updates from the endpoint to the receiver, and tells the endpoint when they are stored.</summary>
internal sealed class TelegramWebhookQueue(string secret)
{
    // Telegram hangs up after about a minute. We answer earlier, so that it does not count us as dead.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Telegram opens at most so many connections.</summary>
    public const int MostTogether = 100;

    private readonly Channel<Delivery> _waiting = Channel.CreateBounded<Delivery>(MostTogether);
    private readonly byte[] _secret = SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Takes the same time for every wrong guess, whatever its length.</summary>
    public bool IsSecret(string guess) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(guess)), _secret);

    /// <returns>False when nobody stored it in time.</returns>
    public async Task<bool> DeliverAsync(ReadOnlyMemory<byte> update, CancellationToken ct)
    {
        var delivery = new Delivery(update);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            await _waiting.Writer.WriteAsync(delivery, limit.Token);
            return await delivery.Outcome.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            delivery.GiveUp();
            return false;
        }
    }

    /// <summary>All that wait at the moment, again and again.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Delivery>> TakeAllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _waiting.Reader.WaitToReadAsync(ct))
        {
            var together = new List<Delivery>();
            while (together.Count < MostTogether && _waiting.Reader.TryRead(out var delivery))
            {
                // No receiver took it in time, so Telegram will deliver it again.
                if (!delivery.Outcome.IsCompleted)
                    together.Add(delivery);
            }

            if (together.Count > 0)
                yield return together;
        }
    }

    internal sealed class Delivery(ReadOnlyMemory<byte> update)
    {
        private readonly TaskCompletionSource<bool> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ReadOnlyMemory<byte> Update => update;

        public Task<bool> Outcome => _outcome.Task;

        public void Stored() => _outcome.TrySetResult(true);

        public void GiveUp() => _outcome.TrySetResult(false);
    }
}
