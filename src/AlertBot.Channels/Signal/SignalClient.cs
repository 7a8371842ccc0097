using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AlertBot.Channels.Signal;

/// <summary>
/// The HTTP endpoint of <c>signal-cli daemon --http</c>, https://github.com/AsamK/signal-cli/blob/master/man/signal-cli-jsonrpc.5.adoc. It makes one
/// attempt per call. It never throws for a fault of the network or the daemon: exceptions would carry numbers into a log.
/// </summary>
internal sealed class SignalClient : IDisposable
{
    // An attachment may be a hundred megabytes, in base64. We keep no file of that size.
    private const int LargestAnswer = 48 << 20;

    private readonly HttpClient _http;
    private readonly SignalSettings _settings;
    private readonly TimeProvider _time;
    private readonly string _root;
    private long _calls;

    public SignalClient(SignalSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _root = settings.ApiUrl.AbsoluteUri.TrimEnd('/') + "/api/v1/";
        // The factory's handler would log addresses, and one of ours holds the number.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(10),

            // Java's server closes connections idle for 30 seconds. A request written into a closing connection may have arrived.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    /// <summary>Whether a daemon answers at the address.</summary>
    public async Task<SignalOutcome<bool>> CheckAsync(CancellationToken ct)
    {
        try
        {
            using var patience = new Patience(TimeSpan.FromSeconds(10), _time, ct);
            using var response = await _http.GetAsync(_root + "check", HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return response.IsSuccessStatusCode ? new SignalOutcome<bool>.Done(true) : new SignalOutcome<bool>.TurnedAway((int)response.StatusCode);
        }
        catch (Exception outage) when (IsOutage(outage))
        {
            return new SignalOutcome<bool>.NotSent(ReasonOf(outage, ct));
        }
    }

    /// <summary>Opens the stream of what the account receives from now on. The caller disposes of it.</summary>
    public async Task<SignalOutcome<EventStream>> OpenEventsAsync(CancellationToken ct)
    {
        HttpResponseMessage? response = null;
        try
        {
            // At least the pause between two signs of life: some versions send their headers with the first one.
            using var patience = new Patience(_settings.LongestSilence, _time, ct);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{_root}events?account={Uri.EscapeDataString(_settings.Account)}");
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (!response.IsSuccessStatusCode)
            {
                var status = (int)response.StatusCode;
                response.Dispose();
                return new SignalOutcome<EventStream>.TurnedAway(status);
            }

            var stream = await response.Content.ReadAsStreamAsync(patience.Token);
            return new SignalOutcome<EventStream>.Done(new EventStream(stream, response, _settings.LongestSilence, _time));
        }
        catch (Exception outage) when (IsOutage(outage))
        {
            response?.Dispose();
            return new SignalOutcome<EventStream>.NotSent(ReasonOf(outage, ct));
        }
    }

    /// <param name="left">Called once the request has left.</param>
    public async Task<SignalOutcome<T>> CallAsync<T>(
        string method, RpcParams parameters, JsonTypeInfo<T> type, CancellationToken ct, Action? left = null)
    {
        var id = Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture);
        var request = new RpcRequest(method, parameters with { Account = _settings.Account }, id);
        using var body = new WatchedContent(JsonSerializer.SerializeToUtf8Bytes(request, SignalJson.Default.RpcRequest), left);
        try
        {
            using var patience = new Patience(_settings.RequestTimeout, _time, ct);
            using var message = new HttpRequestMessage(HttpMethod.Post, _root + "rpc") { Content = body };
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            switch (response.StatusCode)
            {
                case HttpStatusCode.OK:
                    await response.Content.LoadIntoBufferAsync(LargestAnswer, patience.Token);
                    await using (var stream = await response.Content.ReadAsStreamAsync(patience.Token))
                        return SignalAnswers.Read(
                            await JsonSerializer.DeserializeAsync(stream, SignalJson.Default.JsonElement, patience.Token), id, type);

                // A proxy gave up waiting, but the daemon may still be working.
                case HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout:
                    return new SignalOutcome<T>.Unclear("gateway");
                case var ok when response.IsSuccessStatusCode:
                    return new SignalOutcome<T>.Unclear("no_answer");
                default:
                    return new SignalOutcome<T>.TurnedAway((int)response.StatusCode);
            }
        }
        catch (Exception outage) when (IsOutage(outage))
        {
            return body.IsWritten ? new SignalOutcome<T>.Unclear(ReasonOf(outage, ct)) : new SignalOutcome<T>.NotSent(ReasonOf(outage, ct));
        }
    }

    public void Dispose() => _http.Dispose();

    internal static bool IsOutage(Exception e) => e is HttpRequestException or IOException or OperationCanceledException or JsonException;

    internal static string ReasonOf(Exception outage, CancellationToken ct) => outage switch
    {
        JsonException => "unreadable_answer",
        OperationCanceledException => ct.IsCancellationRequested ? "stopped" : "timeout",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "dns",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "too_large",
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "refused",
        _ => "connection",
    };
}
