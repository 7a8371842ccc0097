namespace AlertBot.Domain.Incidents;

/// <summary>Who reads: one alert, three renderings.</summary>
public enum Audience
{
    /// <summary>Anybody may be in it: the code, and nothing that names a person.</summary>
    Group,

    /// <summary>Advocates who follow the case: names and place.</summary>
    Advocates,

    /// <summary>Coordinators: everything told, but for who told it.</summary>
    Core,
}
