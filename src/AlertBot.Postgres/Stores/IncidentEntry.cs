using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>One act on an incident, as its history stores it.</summary>
/// <param name="Detail">The actor's own words; null if there are none.</param>
public sealed record IncidentEntry(Instant At, PersonId? By, IncidentAct Act, string? Detail)
{
    public override string ToString() => $"({Act})";
}

/// <summary>A card: a message of an alert about an incident, on which people act.</summary>
public sealed record IncidentCard(DeliveryId Delivery, AddressId At, AlertId Alert, AlertKind Kind)
{
    /// <summary>True once a discreet person has asked to see it.</summary>
    public bool IsShown { get; init; }
}
