namespace AlertBot.Domain.Cases;

/// <summary>The kind of an event, by its code in files and rules, e.g. <c>detention_start</c>.</summary>
public readonly record struct EventKind(string Code)
{
    public override string ToString() => Code;
}
