using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Domain.Webhooks;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Webhooks;

/// <summary>Posts one call to a webhook, signed, and to no place that only this machine can reach.</summary>
public sealed class WebhookPost : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly WebhookPlaces _places;
    private readonly HttpClient _http;

    public WebhookPost(WebhookPlaces places)
    {
        _places = places;
        // No redirects and no proxy: only what was looked at is connected to.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Patience,
        };
    }

    /// <returns>Null if it was taken; else a code of what went wrong.</returns>
    public async Task<string?> SendAsync(Webhook to, WebhookCall call, Instant now, CancellationToken ct)
    {
        if (!_places.Allows(to.Url))
            return "address";
        var body = JsonSerializer.Serialize(
            new
            {
                call.Id,
                Kind = call.Kind.ToString().ToLowerInvariant(),
                call.What,
                call.Severity,
                call.Case,
                call.Incident,
                At = InstantPattern.General.Format(call.At),
            },
            Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, to.Url) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("AlertBot", null));
        request.Headers.Add("AlertBot-Id", call.Id.ToString());
        request.Headers.Add("AlertBot-Signature", SignatureOf(to.Secret, now.ToUnixTimeSeconds(), body));
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"http {(int)answer.StatusCode}");
        }
        catch (HttpRequestException failure)
        {
            return failure switch
            {
                { InnerException: NotPublicException } => "address",
                { InnerException: AuthenticationException } or { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
                { HttpRequestError: HttpRequestError.NameResolutionError } => "name",
                _ => "connection",
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "timeout";
        }
    }

    /// <summary>The time is signed with the body, so that nobody can send an old call again later.</summary>
    public static string SignatureOf(string secret, long at, string body)
    {
        var stamp = at.ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{stamp}.{body}"));
        return $"t={stamp},v1={Convert.ToHexStringLower(hash)}";
    }

    public void Dispose() => _http.Dispose();

    // The very address that was judged is connected to: asked again, a name might answer with another one.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        if (addresses.Length == 0 || !addresses.All(_places.Allows))
            throw new NotPublicException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class NotPublicException : Exception;
}
