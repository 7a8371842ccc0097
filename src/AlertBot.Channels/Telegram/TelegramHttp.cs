using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace AlertBot.Channels.Telegram;

/// <summary>The connection to the Bot API, and the meaning of its failures.</summary>
internal static class TelegramHttp
{
    /// <param name="around">Wraps the connection in the client's own handlers.</param>
    public static HttpClient NewClient(Func<HttpMessageHandler, HttpMessageHandler> around)
    {
        // The factory's handler would log addresses, and ours hold the token.
        var connection = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,   // no trace spans: they hold the address too
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // As many as are on their way at the largest pace.
            MaxConnectionsPerServer = 256,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),

            // Shorter than servers keep an idle connection. A request written into a connection that the server is closing may or may not have
            // arrived.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        };
        return new HttpClient(around(connection))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = TelegramClient.LargestAnswer,
        };
    }

    /// <summary>The bytes of a file; null if they are unavailable now.</summary>
    public static async Task<byte[]?> DownloadAsync(this HttpClient http, string address, TimeProvider time, CancellationToken ct)
    {
        try
        {
            using var patience = new Patience(TimeSpan.FromMinutes(2), time, ct);
            using var response = await http.GetAsync(address, patience.Token);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(patience.Token) : null;
        }
        catch (Exception outage) when (IsOutage(outage))
        {
            return null;
        }
    }

    /// <summary>The first bytes of a body, up to the limit. The rest stays unread.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadUpToAsync(this HttpContent content, int most, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        return await stream.ReadUpToAsync(most, ct);
    }

    /// <inheritdoc cref="ReadUpToAsync(HttpContent, int, CancellationToken)"/>
    public static async Task<ReadOnlyMemory<byte>> ReadUpToAsync(this Stream stream, int most, CancellationToken ct)
    {
        using var read = new MemoryStream();
        var piece = new byte[16 << 10];
        while (read.Length < most && await stream.ReadAsync(
            piece.AsMemory(0, (int)Math.Min(piece.Length, most - read.Length)), ct) is > 0 and var count)
            read.Write(piece, 0, count);
        return read.ToArray();
    }

    public static bool IsOutage(Exception e) => e is HttpRequestException or IOException or OperationCanceledException or JsonException;

    /// <summary>There was no answer, or it was not Telegram's. The outcome depends on how far the request got.</summary>
    public static TelegramOutcome<T> Broken<T>(Exception outage, HttpStatusCode? status, bool written, CancellationToken ct)
    {
        // A proxy's error page: only its status means anything.
        if (status is { } code && (int)code is < 200 or >= 300)
            return new TelegramOutcome<T>.Failed(new TelegramFailure((int)code, ""));

        var reason = outage switch
        {
            JsonException => "unreadable_answer",
            OperationCanceledException => ct.IsCancellationRequested ? "stopped" : "timeout",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "dns",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
            HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "refused",
            _ => "connection",
        };

        return written ? new TelegramOutcome<T>.Unclear(reason) : new TelegramOutcome<T>.NotSent(reason);
    }
}
