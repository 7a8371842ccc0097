using AlertBot.Domain.Channels;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Tests.Texts;

/// <summary>Catalogs for tests: the shipped one, and small ones written in the test.</summary>
internal static class Catalogs
{
    private static readonly Lazy<TextCatalog> Loaded = new(() => TextCatalog.Load(Path.Combine(ShippedLaw.Root, "config", "texts")));

    public static TextCatalog Shipped => Loaded.Value;

    /// <summary>Files by language, as a person would write them.</summary>
    public static TextCatalog Of(params (string Language, string Yaml)[] files) => TextCatalog.Read(
        files.Select(file => (file.Language + ".yaml", "language.name: " + file.Language + "\n" + file.Yaml)), new List<Problem>(), "texts");

    /// <summary>One English text, said.</summary>
    public static RichText Say(string text, params (string Name, object Value)[] arguments) => OneText(text).Say("en", "it", arguments);

    /// <summary>A catalog with one English text, which must be without mistakes.</summary>
    public static TextCatalog OneText(string text)
    {
        var catalog = Of(("en", "it: |-\n" + string.Join('\n', text.Split('\n').Select(line => "  " + line))));
        Assert.Empty(catalog.Problems);
        return catalog;
    }

    /// <summary>Styled spans as a reader sees them: <c>Bold:word</c>.</summary>
    public static IEnumerable<string> Stretches(RichText text) =>
        text.Spans.Select(span => $"{span.Style}:{text.Plain.Substring(span.Start, span.Length)}" + (span.Target is null ? "" : "->" + span.Target));
}
