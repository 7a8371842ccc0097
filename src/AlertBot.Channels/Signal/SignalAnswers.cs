using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Channels.Signal;

/// <summary>
/// What signal-cli's answers mean for the outbox. The codes are in its SignalJsonRpcCommandHandler, the result types in JsonSendMessageResult. User
/// errors (-1) differ only in the words of their exceptions.
/// </summary>
internal static class SignalAnswers
{
    private static readonly Duration PauseAfterOutage = Duration.FromSeconds(2);
    private static readonly Duration PauseAfterNetwork = Duration.FromSeconds(5);

    // Each attempt before the limit ends prolongs the limit, so we wait rather too long.
    private static readonly Duration PauseWithoutRetryAfter = Duration.FromMinutes(5);
    private static readonly Duration PauseAfterChallenge = Duration.FromMinutes(30);

    // The recipient's phone must come online to repair this.
    private static readonly Duration PauseForKeys = Duration.FromMinutes(5);

    /// <summary>Accepts a JSON-RPC 2.0 answer, or a batch that contains ours.</summary>
    public static SignalOutcome<T> Read<T>(JsonElement answer, string id, JsonTypeInfo<T> type)
    {
        if (answer.ValueKind == JsonValueKind.Array)
            answer = answer.EnumerateArray().FirstOrDefault(one => IsFor(id, one));

        // If the daemon could not read the request, its answer has no id.
        if (answer.ValueKind != JsonValueKind.Object || !(IsFor(id, answer) || IsForNobody(answer)))
            return new SignalOutcome<T>.Unclear("unreadable_answer");

        return answer.Deserialize(SignalJson.Default.RpcAnswer) switch
        {
            { Error: { } error } => new SignalOutcome<T>.Failed(new SignalFailure(
                error.Code, error.Message ?? "", ResultsIn(error.Data))),
            { Result: { ValueKind: not JsonValueKind.Null } result } when result.Deserialize(type) is { } read => new SignalOutcome<T>.Done(read),
            _ => new SignalOutcome<T>.Unclear("unreadable_answer"),
        };
    }

    public static SendResult Read(SignalOutcome<SendResponse> outcome) => outcome switch
    {
        SignalOutcome<SendResponse>.Done { Result: { Timestamp: > 0 } sent } => ReadSent(sent),
        SignalOutcome<SendResponse>.Done => new SendResult.Maybe("unreadable_answer"),
        SignalOutcome<SendResponse>.NotSent not => new SendResult.TryLater(PauseAfterOutage, not.Reason, WaitScope.Message),
        SignalOutcome<SendResponse>.Unclear unclear => new SendResult.Maybe(unclear.Reason),
        SignalOutcome<SendResponse>.TurnedAway turned => new SendResult.TryLater(
            PauseAfterOutage, turned.Status >= 500 ? "server_error" : "turned_away", WaitScope.Message),
        SignalOutcome<SendResponse>.Failed { Why: { } why } => why.Results.Count > 0 ? OfResults(why.Results) : OfError(why),
        _ => throw new InvalidOperationException("An outcome without a meaning."),
    };

    // A message to a group without other members has no results and counts as sent. In any other group one recipient is enough.
    private static SendResult ReadSent(SendResponse sent)
    {
        var results = (sent.Results ?? []).OfType<RecipientResult>().ToList();
        return results.Count == 0 || results.Any(one => one.Type == "SUCCESS")
            ? new SendResult.Sent(new SignalRef(null, sent.Timestamp).ToMessageRef())
            : OfResults(results);
    }

    // Nobody received it. If the reasons differ, a temporary one decides.
    private static SendResult OfResults(IReadOnlyList<RecipientResult> results)
    {
        var wait = results.Max(one => one.RetryAfterSeconds) is { } seconds and >= 0
            ? Duration.FromSeconds(Math.Min(seconds, 7 * 86_400))
            : (Duration?)null;
        if (results.FirstOrDefault(one => one.Token is { Length: > 0 }) is { Token: { } token })
            return new SendResult.Challenged(token, wait ?? PauseAfterChallenge);

        bool Any(string type) => results.Any(one => one.Type == type);
        return true switch
        {
            // The server counts for each recipient, so nobody else waits.
            _ when Any("RATE_LIMIT_FAILURE") => new SendResult.TryLater(wait ?? PauseWithoutRetryAfter, "rate_limited", WaitScope.Chat),
            _ when Any("NETWORK_FAILURE") => new SendResult.TryLater(PauseAfterNetwork, "network", WaitScope.Message),
            _ when Any("INVALID_PRE_KEY_FAILURE") => new SendResult.TryLater(PauseForKeys, "pre_keys", WaitScope.Message),
            _ when Any("IDENTITY_FAILURE") => new SendResult.Refused(Refusal.KeyChanged),
            _ when Any("UNREGISTERED_FAILURE") => new SendResult.Refused(Refusal.Unregistered),
            _ => new SendResult.TryLater(PauseAfterNetwork, "unexpected_answer", WaitScope.Message),
        };
    }

    private static SendResult OfError(SignalFailure failure) => failure switch
    {
        { IsOfAccount: true } => new SendResult.Refused(Refusal.Unauthorized),
        { Code: SignalFailure.UntrustedKey } => new SendResult.Refused(Refusal.KeyChanged),
        { Code: SignalFailure.RateLimit } => new SendResult.TryLater(PauseWithoutRetryAfter, "rate_limited", WaitScope.Chat),
        { Code: SignalFailure.IoError } => new SendResult.TryLater(PauseAfterNetwork, "network", WaitScope.Message),
        { Code: SignalFailure.UserError } => OfUserError(failure),

        // A fault inside the daemon, most often in its connection to Signal.
        { Code: SignalFailure.InternalError } when failure.Says("No prekeys available") => new SendResult.TryLater(
            PauseForKeys, "pre_keys", WaitScope.Message),
        { Code: SignalFailure.InternalError } when failure.Says("AttachmentInvalid") => new SendResult.Refused(Refusal.BadMessage),
        { Code: SignalFailure.InternalError } => new SendResult.TryLater(PauseAfterNetwork, "internal_error", WaitScope.Message),

        // -32600 to -32602 and -32700: the daemon does not accept the request's form.
        _ => new SendResult.Refused(Refusal.BadMessage),
    };

    private static SendResult OfUserError(SignalFailure failure) => failure switch
    {
        _ when failure.Says("Group not found") || failure.Says("Invalid group id") => new SendResult.Refused(Refusal.ChatNotFound),
        _ when failure.Says("is not a member in group") => new SendResult.Refused(Refusal.Kicked),
        _ when failure.Says("not allowed to send message to group") => new SendResult.Refused(Refusal.NoRights),
        _ when failure.Says("is not registered") || failure.Says("Unregistered user") => new SendResult.Refused(Refusal.Unregistered),
        _ when failure.Says("Invalid phone number") => new SendResult.Refused(Refusal.ChatNotFound),

        // Says that nobody received it. The reasons are in the results, which older versions may omit.
        _ when failure.Says("Failed to send message") => new SendResult.TryLater(PauseAfterNetwork, "not_sent", WaitScope.Message),
        _ => new SendResult.Refused(Refusal.BadMessage),
    };

    // Some errors carry the answer that the method would have given, so its shape depends on the method.
    private static List<RecipientResult> ResultsIn(JsonElement? data)
    {
        try
        {
            return data is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty("response", out var response)
                ? [.. (response.Deserialize(SignalJson.Default.SendResponse)?.Results ?? []).OfType<RecipientResult>()]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static bool IsFor(string id, JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("id", out var theirs)
        && theirs.ValueKind == JsonValueKind.String && theirs.GetString() == id;

    private static bool IsForNobody(JsonElement answer) =>
        answer.TryGetProperty("error", out _) && (!answer.TryGetProperty("id", out var theirs) || theirs.ValueKind == JsonValueKind.Null);
}
