using System.Globalization;

namespace AlertBot.Workflows.Texts;

/// <summary>A language's way to write numbers. The key <c>format.number</c> of its locale file shows it: <c>1,234.5</c> in English.</summary>
internal sealed record NumberWords(string Group, string Decimal)
{
    public static readonly NumberWords Bare = new("", ".");

    /// <summary>Null if the sample is not the number 1234.5.</summary>
    public static NumberWords? FromSample(string sample) =>
        sample is ['1', .. { Length: <= 1 } group, '2', '3', '4', var point, '5'] && !char.IsDigit(point)
            ? new NumberWords(group, point.ToString())
            : null;

    /// <summary>The value as a number; null if it is not one.</summary>
    public static decimal? Of(object? value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        double real when Math.Abs(real) < 1e15 => (decimal)real,
        string text when decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            => number,
        _ => null,
    };

    public string Format(decimal number) => number.ToString(
        "#,##0." + new string('0', number.Scale),
        new NumberFormatInfo { NumberGroupSeparator = Group, NumberDecimalSeparator = Decimal });
}
