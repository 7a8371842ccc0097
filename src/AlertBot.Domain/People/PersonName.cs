namespace AlertBot.Domain.People;

/// <summary>A person's name as told. Prints as a mask, so that it cannot reach a log by accident.</summary>
public readonly record struct PersonName
{
    private readonly string? _name;

    public PersonName(string name) => _name = name;

    /// <summary>The name itself, only for a reader who is entitled to see it.</summary>
    public string Reveal() => _name ?? "";

    public override string ToString() => "(name)";
}
