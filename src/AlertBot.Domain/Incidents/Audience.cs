namespace AlertBot.Domain.Incidents;

/// <summary>Who reads: one alert, three renderings.</summary>
public enum Audience
{
    /// <summary>A chat that anybody may be in: it reads the code, and nothing that names a person.</summary>
    Group,

    /// <summary>Advocates who follow the case read names and place.</summary>
    Advocates,

    /// <summary>Coordinators read everything told, except who told it.</summary>
    Core,
}
