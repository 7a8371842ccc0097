namespace AlertBot.Sandbox;

/// <summary>One call as the server saw it. It is small, since a benchmark makes many thousands.</summary>
/// <param name="At">When it arrived, as a timestamp of the sandbox's time provider.</param>
/// <param name="ChatId">0 if the method has none.</param>
/// <param name="MessageId">The message that was sent or edited, or 0.</param>
/// <param name="Status">The answer's code; 0 while unanswered, or if the connection was broken on purpose.</param>
public readonly record struct SandboxCall(string Method, long At, long ChatId, long MessageId, int Status, int RetryAfter)
{
    public bool IsSend => Method is "sendmessage" or "senddocument" or "signal.send";
}
