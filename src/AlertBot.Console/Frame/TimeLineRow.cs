using NodaTime;

namespace AlertBot.Desk.Frame;

/// <summary>One date of a drawn time line.</summary>
/// <param name="When">The same as words.</param>
/// <param name="Mood">The class of the style sheet: <c>late</c>, <c>soon</c>, <c>calm</c>.</param>
public sealed record TimeLineRow(string Code, string? Href, string What, string When, Instant Earliest, Instant Latest, string Mood);
