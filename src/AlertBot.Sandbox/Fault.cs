namespace AlertBot.Sandbox;

/// <summary>A planned failure of a call.</summary>
public abstract record Fault
{
    private Fault() { }

    /// <summary>The messenger answers with this error. On Signal it is a JSON-RPC code and message.</summary>
    public sealed record Error(int Code, string Description, int? RetryAfter = null, long? MigrateToChatId = null) : Fault;

    /// <summary>A proxy answers with its own page instead of JSON.</summary>
    public sealed record ErrorPage(int Status) : Fault;

    /// <summary>The connection breaks before anything is done.</summary>
    public sealed record DropBefore : Fault;

    /// <summary>The call is done, and then the connection breaks without an answer.</summary>
    public sealed record DropAfter : Fault;

    /// <summary>Nothing is done or answered until the caller gives up.</summary>
    public sealed record Hang : Fault;

    /// <summary>The call is done, and nothing is answered until the caller gives up.</summary>
    public sealed record HangAfter : Fault;

    /// <summary>The call is done and answered late.</summary>
    public sealed record Slow(TimeSpan By) : Fault;

    /// <summary>An answer that is cut short.</summary>
    public sealed record Garbage : Fault;

    /// <summary>The call is done, and the connection breaks in the middle of the answer.</summary>
    public sealed record HalfAnswer : Fault;

    /// <summary>The call is done, and a proxy, which gave up waiting for the answer, answers with its own page.</summary>
    public sealed record ErrorPageAfter(int Status) : Fault;
}

/// <summary>The planned faults that wait for their calls.</summary>
public sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<(Fault Fault, string? Method, long? Chat, int Left)> _planned = [];

    /// <summary>Decides for each call (its method and chat) that meets no planned fault; null: none fails.</summary>
    public Func<string, long?, Fault?>? Draw { get; set; }

    /// <param name="method">Null: any method but getUpdates.</param>
    /// <param name="chat">Null: any chat.</param>
    /// <param name="times">The number of calls to fail.</param>
    public void Plan(Fault fault, string? method = null, long? chat = null, int times = 1)
    {
        lock (_gate)
            _planned.Add((fault, method, chat, times));
    }

    public void Clear()
    {
        lock (_gate)
            _planned.Clear();
    }

    internal Fault? Next(string method, long? chat)
    {
        lock (_gate)
        {
            for (var i = 0; i < _planned.Count; i++)
            {
                var plan = _planned[i];
                var meets = plan.Method is null
                    ? !method.Equals("getUpdates", StringComparison.OrdinalIgnoreCase)
                    : plan.Method.Equals(method, StringComparison.OrdinalIgnoreCase);
                if (!meets || (plan.Chat is { } wanted && wanted != chat))
                    continue;

                if (plan.Left <= 1)
                    _planned.RemoveAt(i);
                else
                    _planned[i] = plan with { Left = plan.Left - 1 };
                return plan.Fault;
            }

        }

        return Draw?.Invoke(method, chat);
    }
}
