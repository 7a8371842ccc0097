using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.Incidents;

/// <summary>Who reads a card, as far as the card differs by it.</summary>
public readonly record struct CardReader(Audience Audience)
{
    /// <summary>They have the incident.</summary>
    public bool HasIt { get; init; }

    /// <summary>They said that they cannot take it.</summary>
    public bool SaidCannot { get; init; }

    /// <summary>Whoever looks over their shoulder must not read it.</summary>
    public bool IsDiscreet { get; init; }

    /// <summary>They are discreet and asked to see it.</summary>
    public bool IsShown { get; init; }

    public bool IsHidden => IsDiscreet && !IsShown;

    public static CardReader Of(Subscriber reader, IncidentView view, bool isShown = false) => new(AudienceOf(reader))
    {
        HasIt = reader.Person is { } person && view.Incident is { Handling: Handling.Taken } && view.Incident.TakenBy == person,
        SaidCannot = reader.Person is { } one && view.Story.CannotTake.Contains(one),
        IsDiscreet = reader is { IsDiscreet: true, IsGroup: false },
        IsShown = isShown,
    };

    public static Audience AudienceOf(Subscriber reader) => reader switch
    {
        { IsGroup: true } or { IsCodeOnly: true } => Audience.Group,
        { Role: >= Role.Coordinator } => Audience.Core,
        _ => Audience.Advocates,
    };
}
