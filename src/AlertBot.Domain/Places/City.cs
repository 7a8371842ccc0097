namespace AlertBot.Domain.Places;

/// <summary>A city as people name it, with the country whose law applies there and the time that it keeps.</summary>
/// <param name="Name">As it is written in English.</param>
/// <param name="Country">Code of the jurisdiction, e.g. <c>KZ</c>.</param>
/// <param name="Zone">Of the tz database.</param>
public sealed record City(string Name, string Country, string Zone);
