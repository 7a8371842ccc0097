namespace AlertBot.Domain.People;

/// <summary>What the audit log calls an act. Each code stands in one place: here where two rooms do it, otherwise in its room.</summary>
/// <param name="Code">Subject and verb, e.g. <c>case.subscribe</c>; older entries keep it, so a new name needs a migration.</param>
public readonly record struct AuditAct(string Code)
{
    public static readonly AuditAct PersonFrozen = new("person.freeze");
    public static readonly AuditAct AddressMoved = new("address.moved");

    public override string ToString() => Code;
}
