namespace AlertBot.Domain.Cases;

/// <summary>What kind of fact an event is, by the code used in files and rules, e.g. <c>detention_start</c>.</summary>
public readonly record struct EventKind(string Code)
{
    public override string ToString() => Code;
}
