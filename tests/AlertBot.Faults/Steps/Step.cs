namespace AlertBot.Faults.Steps;

/// <summary>Where in a step the fault strikes.</summary>
internal enum StepPart
{
    /// <summary>The request does not leave.</summary>
    BeforeRequest,

    /// <summary>Half of the request leaves.</summary>
    HalfRequest,

    /// <summary>It is done, and the answer does not come.</summary>
    BeforeAnswer,

    /// <summary>Half of the answer comes.</summary>
    HalfAnswer,

    /// <summary>The answer has come, and nothing was done with it yet.</summary>
    AfterAnswer,
}

/// <summary>A request on its connection, until the next one.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Chat">The chat that it is about; null if none is known.</param>
internal sealed record Asking(string Step, long? Chat);

/// <summary>A place to strike.</summary>
internal sealed record Step(string Name, StepPart Part)
{
    public override string ToString() => $"{Part} of {Name}";
}
