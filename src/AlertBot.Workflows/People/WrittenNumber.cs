using PhoneNumbers;

namespace AlertBot.Workflows.People;

/// <summary>
/// Reads a phone number as people write it and gives it as Signal does (E.164). Only the length is checked against the country's plan: a plan that
/// has grown since this library was made must keep nobody out.
/// </summary>
public static class WrittenNumber
{
    private const string Scheme = "tel:";

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <returns>The number, or what is wrong with it.</returns>
    public static (string? Number, NumberProblem Problem) Read(string text)
    {
        try
        {
            var number = Numbers.Parse(text, null);
            // Letters stand for digits on some phones; in a list they are a slip.
            return number.HasExtension || (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..] : text)
                .Any(char.IsAsciiLetter)
                ? (null, NumberProblem.NoNumber)
                : Numbers.IsPossibleNumberWithReason(number) switch
                {
                    PhoneNumberUtil.ValidationResult.IS_POSSIBLE => (Numbers.Format(number, PhoneNumberFormat.E164), NumberProblem.None),
                    PhoneNumberUtil.ValidationResult.TOO_SHORT or PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY =>
                        (null, NumberProblem.TooShort),
                    PhoneNumberUtil.ValidationResult.TOO_LONG or PhoneNumberUtil.ValidationResult.INVALID_LENGTH => (null, NumberProblem.TooLong),
                    _ => (null, NumberProblem.Country),
                };
        }
        catch (NumberParseException mistake)
        {
            // Its message quotes the number.
            return (null, mistake.ErrorType switch
            {
                ErrorType.INVALID_COUNTRY_CODE => NumberProblem.Country,
                ErrorType.TOO_SHORT_NSN or ErrorType.TOO_SHORT_AFTER_IDD => NumberProblem.TooShort,
                ErrorType.TOO_LONG => NumberProblem.TooLong,
                _ => NumberProblem.NoNumber,
            });
        }
    }
}

/// <summary>What is wrong with a phone number.</summary>
public enum NumberProblem
{
    None,
    NoNumber,

    /// <summary>It does not begin with + and the code of a country.</summary>
    Country,

    TooShort,
    TooLong,
}
