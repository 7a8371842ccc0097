using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Cli;

/// <summary>Reads the values of options and arguments. A wrong value is answered with the allowed ones, and never in words of .NET.</summary>
internal static class Values
{
    /// <summary>One word of an enumeration.</summary>
    public static Option<T> Word<T>(string name, string what, T? usual = null)
        where T : struct, Enum
    {
        var words = Words.Of<T>();
        var option = new Option<T>(name)
        {
            Required = usual is null,
            Description = what.Length == 0 ? Words.Either(words) + "." : what,
            HelpName = string.Join('|', words),
            CustomParser = result => Words.Read<T>(TextOf(result)) ?? Wrong<T>(
                result, $"{name} is {Words.Either(words)}, not '{TextOf(result)}'{Nearest.Hint(TextOf(result), words)}"),
        };
        if (usual is { } value)
            option.DefaultValueFactory = _ => value;
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. words]);
        return option;
    }

    public static Option<int> Whole(string name, string what, int from, int to, int usual) => new(name)
    {
        Description = what,
        HelpName = "number",
        DefaultValueFactory = _ => usual,
        CustomParser = result => int.TryParse(TextOf(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= from && number <= to
                ? number
                : Wrong<int>(result, $"{name} is a whole number from {from} to {to}, not '{TextOf(result)}'"),
    };

    public static Option<double> Number(string name, string what, double to, double usual) => new(name)
    {
        Description = what,
        HelpName = "number",
        DefaultValueFactory = _ => usual,
        CustomParser = result => double.TryParse(TextOf(result), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number > 0 && number <= to
                ? number
                : Wrong<double>(result, string.Create(
                    CultureInfo.InvariantCulture, $"{name} is a number more than 0 and at most {to}, not '{TextOf(result)}'")),
    };

    /// <summary>The id of an alert, as a verb printed it earlier.</summary>
    public static Argument<Guid> Id(string name, string what) => new(name)
    {
        Description = what,
        CustomParser = result => Guid.TryParse(TextOf(result), out var id)
            ? id
            : Wrong<Guid>(result, $"'{TextOf(result)}' is no id of an alert: 'alertbot alert send' prints one of 36 letters, digits and dashes"),
    };

    private static string TextOf(ArgumentResult result) => string.Join(' ', result.Tokens.Select(token => token.Value));

    private static T Wrong<T>(ArgumentResult result, string sentence)
        where T : struct
    {
        result.AddError(sentence);
        return default;
    }
}
