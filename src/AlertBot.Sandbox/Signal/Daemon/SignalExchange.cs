using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal.Daemon;

/// <summary>One HTTP request with one call or a batch, and its planned fault.</summary>
internal sealed class SignalExchange(SignalWorld world, SandboxSignal settings, SignalMethods methods, CallLog calls)
{
    private readonly List<Action> _effects = [];

    /// <summary>The fault that the answer meets.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>Lets the phones react to what was done.</summary>
    public void End()
    {
        lock (world.Gate)
        {
            _effects.ForEach(effect => effect());
            _effects.Clear();
        }
    }

    /// <returns>Null if the caller wants no answer.</returns>
    public async Task<JsonNode?> AnswerAsync(JsonNode? json, CancellationToken ct)
    {
        if (json is not JsonArray batch)
            return await AnswerOneAsync(json, ct);
        if (batch.Count == 0)
            return SignalRequest.Answer(null, new SignalError(SignalError.InvalidRequest, "invalid request"));

        var answers = new JsonArray();
        foreach (var one in batch)
        {
            if (await AnswerOneAsync(one, ct) is { } answer)
                answers.Add(answer);
        }

        return answers.Count > 0 ? answers : null;
    }

    private async Task<JsonNode?> AnswerOneAsync(JsonNode? json, CancellationToken ct)
    {
        SignalRequest request;
        try
        {
            request = SignalRequest.Read(json);
        }
        catch (SignalError wrong)
        {
            return SignalRequest.Answer(SignalRequest.IdOf(json), wrong);
        }

        var arrived = world.Around.Options.Time.GetTimestamp();
        var chat = ChatOf(request.Params);
        var call = calls.Begin("signal." + request.Method, arrived, chat);
        var fault = settings.Faults.Next(request.Method, chat);
        Fault ??= fault;
        if (fault is Fault.DropBefore or Fault.Hang)
            return null;

        try
        {
            JsonNode result;
            if (fault is Fault.Error error)
                throw new SignalError(error.Code, error.Description);
            lock (world.Gate)
                result = world.Do(_effects, () => methods.Call(request.Method, request.Params));
            if (fault is Fault.Slow slow)
                await Task.Delay(slow.By, world.Around.Options.Time, ct);
            calls.End(call, 200, (result as JsonObject)?["timestamp"]?.GetValue<long>() ?? 0, 0);
            return request.Id is null ? null : SignalRequest.Answer(request.Id, result);
        }
        catch (SignalError failed)
        {
            calls.End(call, failed.Code, 0, failed.RetryAfter);
            return request.Id is null ? null : SignalRequest.Answer(request.Id, failed);
        }
    }

    /// <summary>The phone to which the call sends; 0 for a group, or for nobody.</summary>
    private long ChatOf(JsonObject? given)
    {
        try
        {
            lock (world.Gate)
                return new SignalParams(given).Texts("recipient") is [var first, ..] ? world.Phone(first)?.Id ?? 0 : 0;
        }
        catch (SignalError)
        {
            // The reading of the call reports this mistake.
            return 0;
        }
    }
}
