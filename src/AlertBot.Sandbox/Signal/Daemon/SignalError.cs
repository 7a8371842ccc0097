using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal.Daemon;

/// <summary>The reason why a call failed, with signal-cli's code and words.</summary>
internal sealed class SignalError(int code, string message, JsonNode? response = null) : Exception(message)
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;
    public const int User = -1;
    public const int Io = -3;
    public const int UntrustedKey = -4;
    public const int RateLimit = -5;
    public const int CaptchaRejected = -6;

    public int Code => code;

    /// <summary>In seconds; 0 if unknown.</summary>
    public int RetryAfter => (int)((response?["results"] as JsonArray)?.Max(result => (long?)result?["retryAfterSeconds"]) ?? 0);

    public JsonObject ToJson() => new()
    {
        ["code"] = code,
        ["message"] = Message,
        ["data"] = response is null ? null : new JsonObject { ["response"] = response.DeepClone() },
    };

    /// <summary>A failure inside signal-cli or on its way to Signal.</summary>
    public static SignalError Unexpected(string message) => new(InternalError, message + " (UnexpectedErrorException)");
}
