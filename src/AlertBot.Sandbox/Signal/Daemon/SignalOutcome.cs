using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal.Daemon;

/// <summary>The outcome of a message for one person.</summary>
/// <param name="Phone">Null if there is none, or for the bot itself.</param>
/// <param name="Identifier">The caller's name for the person.</param>
/// <param name="Type">signal-cli's name for the outcome.</param>
/// <param name="Group">The group it was sent to.</param>
internal sealed record SignalOutcome(SandboxSignalPhone? Phone, string Identifier, string Type, string? Group)
{
    public SignalRefusal? Refusal { get; init; }

    public bool IsSuccess => Type == "SUCCESS";

    /// <summary>The answer to a call that sends something.</summary>
    /// <exception cref="SignalError">The message reached nobody.</exception>
    public static JsonObject Answer(long timestamp, IReadOnlyList<SignalOutcome> outcomes, SandboxSignal settings)
    {
        var answer = Report(timestamp, outcomes, settings);
        if (outcomes.Count == 0 || outcomes.Any(outcome => outcome.IsSuccess))
            return answer;
        if (outcomes.All(outcome => outcome.Type == "IDENTITY_FAILURE"))
            throw new SignalError(SignalError.UntrustedKey, "Failed to send message due to untrusted identities", answer);
        if (outcomes.All(outcome => outcome.Type == "RATE_LIMIT_FAILURE"))
            throw new SignalError(SignalError.RateLimit, "Failed to send message due to rate limiting", answer);
        throw new SignalError(SignalError.User, "Failed to send message", answer);
    }

    /// <summary>The outcome for each person, success or not.</summary>
    public static JsonObject Report(long timestamp, IReadOnlyList<SignalOutcome> outcomes, SandboxSignal settings)
    {
        // Before 0.14.3 only a captcha gave the time to wait.
        var saysWait = !settings.IsOlderThan(0, 14, 3);
        return new JsonObject
        {
            ["timestamp"] = timestamp,
            ["results"] = new JsonArray([.. outcomes.Select(JsonNode (outcome) => outcome.ToJson(saysWait))]),
        };
    }

    private JsonObject ToJson(bool saysWait)
    {
        var isNumber = Identifier.StartsWith('+');
        var json = new JsonObject
        {
            ["recipientAddress"] = new JsonObject
            {
                ["uuid"] = Phone?.Uuid.ToString() ?? (isNumber ? null : Identifier),
                ["number"] = isNumber ? Identifier : Phone?.NumberForBot,
                ["username"] = null,
            },
        };
        if (Group is not null)
            json["groupId"] = Group;
        json["type"] = Type;
        if (Refusal?.Token is { } token)
            json["token"] = token;
        if (Refusal?.RetryAfter is { } wait && (saysWait || Refusal.Token is not null))
            json["retryAfterSeconds"] = (long)Math.Ceiling(wait.TotalSeconds);
        return json;
    }
}
