using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>One act on an incident, as its history keeps it.</summary>
/// <param name="Detail">In the words of whoever did it; null: none.</param>
public sealed record IncidentEntry(Instant At, PersonId? By, IncidentAct Act, string? Detail)
{
    public override string ToString() => $"({Act})";
}

/// <summary>A message of an alert about an incident: the card that people act on.</summary>
public sealed record IncidentCard(DeliveryId Delivery, AddressId At, AlertId Alert, AlertKind Kind)
{
    /// <summary>True once a discreet person asked to see it.</summary>
    public bool IsShown { get; init; }
}
