using AlertBot.Workflows.Configuration;

namespace AlertBot.Tests.Policies;

/// <summary>One section of a policies file alone, so that its tests need not contain the others.</summary>
internal sealed record SectionFile<T>(T Policy, IReadOnlyList<Problem> Problems);

internal static class SectionFile
{
    public static SectionFile<T> Of<T>(Func<YamlMap, T> read, string text)
    {
        var problems = new List<Problem>();
        var root = new YamlSource("policies.yaml", problems).Parse(text);
        return new SectionFile<T>(root is null ? default! : read(root), problems);
    }
}
