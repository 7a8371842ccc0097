using System.Globalization;
using AlertBot.Domain.Names;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Incidents;

/// <summary>A registered person who may be meant, with the chance from 0 to 1 and the reasons: no name, but codes and letters.</summary>
public sealed record SuggestedPerson(string Code, double Chance, IReadOnlyList<NameReason> Why)
{
    private const char Between = '|';

    /// <summary>As it is kept in the timeline: <c>K-7F3Q 0.92|family.spelling.zh=j|given.initial.</c></summary>
    public string Text => string.Join(
        Between,
        Why.Select(
            reason => $"{Words.Snake(reason.Part.ToString())}.{Words.Snake(reason.Difference.ToString())}.{reason.Letters.Replace(Between, ' ')}")
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"{Code} {Chance:0.00}")));

    /// <returns>Null when it is none. Those of before there were reasons have none.</returns>
    public static SuggestedPerson? Read(string? text)
    {
        var parts = (text ?? "").Split(Between);
        return parts[0].Split(' ') is [var code, var chance] && double.TryParse(
            chance, NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
            ? new SuggestedPerson(code, score, parts.Skip(1).Select(ReasonIn).OfType<NameReason>().ToList())
            : null;
    }

    private static NameReason? ReasonIn(string text) => text.Split('.', 3) is [var part, var difference, var letters]
        && Words.Read<NamePart>(part) is { } of && Words.Read<NameDifference>(difference) is { } how
            ? new NameReason(of, how, letters)
            : null;

    public override string ToString() => $"(suggestion {Code})";
}
