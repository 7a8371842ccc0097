using System.Text.Json;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Importing;

/// <summary>What an import says of itself, kept by text key so that each reader hears it in their language.</summary>
public static class ImportWords
{
    internal static string Write(Line line) => JsonSerializer.Serialize(
        new Kept(line.Key, line.Arguments.ToDictionary(argument => argument.Name, argument => FrozenFact.Of(argument.Value))));

    /// <returns>Null where nothing was kept.</returns>
    public static string? Say(string? kept, string language, TextCatalog texts) =>
        kept is not null && JsonSerializer.Deserialize<Kept>(kept) is { } read ? texts.Say(language, read.Key, read.Facts).Plain : null;

    private sealed record Kept(string Key, IReadOnlyDictionary<string, string> Facts);
}
