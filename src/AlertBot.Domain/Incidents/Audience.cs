namespace AlertBot.Domain.Incidents;

/// <summary>The readers of an alert, which has three renderings.</summary>
public enum Audience
{
    /// <summary>A chat with unknown members: it gets the code, and nothing that names a person.</summary>
    Group,

    /// <summary>Advocates who follow the case get names and place.</summary>
    Advocates,

    /// <summary>Coordinators get everything told, except who told it.</summary>
    Core,
}
