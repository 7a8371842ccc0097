namespace AlertBot.Domain.Places;

/// <summary>A city as people name it, with the country whose law applies there and its time zone.</summary>
/// <param name="Name">The English name.</param>
/// <param name="Country">Code of the jurisdiction, e.g. <c>KZ</c>.</param>
/// <param name="Zone">The zone in the tz database.</param>
public sealed record City(string Name, string Country, string Zone);
