using System.CommandLine;
using System.CommandLine.Parsing;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Cli;

/// <summary>Describes the mistake in a command line to its author.</summary>
internal static class Misuse
{
    public static IEnumerable<string> SentencesOf(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        // The first unknown word is the mistake. Later unknown or missing words follow from it.
        return parsed.UnmatchedTokens.Count > 0
            ? [Stranger(command, parsed.UnmatchedTokens[0])]
            : parsed.Errors.Select(error => Sentence(command, error)).Distinct();
    }

    private static string Stranger(Command command, string token)
    {
        if (token.StartsWith('-'))
            return $"there is no option '{token}'{Nearest.Hint(token, command.Options.Select(option => option.Name))}";
        if (command.Subcommands.Count == 0)
            return $"'{token}' is one word too many; words that belong together stand in quotes";
        if (command is RootCommand && token == "test")
            return "tests are run from a clone, by ./alertbot test";
        return $"there is no verb '{token}'{Nearest.Hint(token, command.Subcommands.Select(verb => verb.Name))}";
    }

    private static string Sentence(Command command, ParseError error) => error.SymbolResult switch
    {
        OptionResult { IdentifierTokenCount: 0, Option: var missing } => $"{missing.Name} is missing: {Small(missing.Description)}",
        OptionResult { Tokens.Count: 0, Option: var option } => $"{option.Name} wants a value: {Small(option.Description)}",
        OptionResult { IdentifierTokenCount: > 1, Option: var option } => $"{option.Name} is given more than once",
        ArgumentResult { Tokens.Count: 0, Argument: var missing } when !IsOurs(error) => $"{missing.Name} is missing: {Small(missing.Description)}",
        CommandResult when command.Subcommands.Count > 0 =>
            $"say what to do: {Words.Either(command.Subcommands.Select(verb => verb.Name).ToList())}",
        CommandResult when command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0) is { } missing && !IsOurs(error) =>
            $"{missing.Name} is missing: {Small(missing.Description)}",
        _ when IsOurs(error) => error.Message,
        OptionResult { Option: var option } => $"{option.Name} does not take this value: {Small(option.Description)}",
        { Parent: OptionResult { Option: var option } } => $"{option.Name} does not take this value: {Small(option.Description)}",
        _ => "this cannot be read",
    };

    // The library's own messages begin with a capital and may name a type.
    private static bool IsOurs(ParseError error) => error.Message.Length > 0 && !char.IsUpper(error.Message[0]);

    private static string Small(string? description) => (description ?? "").TrimEnd('.') is { Length: > 1 } text
        ? (char.IsLower(text[1]) || text[1] == ' ' ? char.ToLowerInvariant(text[0]) : text[0]) + text[1..]
        : "";
}
