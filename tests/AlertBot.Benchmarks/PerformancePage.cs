namespace AlertBot.Benchmarks;

/// <summary>
/// The page of figures: one table of all ratios, then a part for each benchmark. It is read again so that one part can be made anew.
/// </summary>
internal static class PerformancePage
{
    private const string Heading = "## ";

    /// <summary>The parts of a page by the names of their benchmarks.</summary>
    public static Dictionary<string, PerformancePart> Read(IEnumerable<string> lines)
    {
        var (ratios, texts) = (new List<(string Name, string Line)>(), new Dictionary<string, List<string>>(StringComparer.Ordinal));
        List<string>? text = null;
        foreach (var line in lines)
        {
            // What a benchmark printed stands between fences and has no such heading.
            if (line.StartsWith(Heading, StringComparison.Ordinal))
                texts[line[Heading.Length..].Trim()] = text = [];
            else if (text is not null)
                text.Add(line);
            else if (line.Split('|') is { Length: > 5 } cells)
                ratios.Add((cells[1].Trim(), line));
        }

        return texts.ToDictionary(
            pair => pair.Key,
            pair => new PerformancePart(
                ratios.Where(ratio => ratio.Name == pair.Key).Select(ratio => ratio.Line).ToList(), string.Join('\n', pair.Value).Trim()),
            StringComparer.Ordinal);
    }

    /// <param name="order">The names in the order in which the page shows them.</param>
    public static string Write(IReadOnlyDictionary<string, PerformancePart> parts, IReadOnlyList<string> order)
    {
        var shown = order.Where(parts.ContainsKey).Select(name => (Name: name, Part: parts[name])).ToList();
        return $"""
            # Performance

            Made by `dotnet run -c Release --project tests/AlertBot.Benchmarks -- performance`;
            with a file and the names of some benchmarks after it, only those are made anew.
            {Machine.Describe()}

            A ratio of 1.00 is the limit that the messenger or the goal sets; more is slower. The load is that of the minute before.

            | benchmark | what | ratio | figures | load |
            |---|---|---|---|---|
            {string.Join('\n', shown.SelectMany(one => one.Part.Ratios))}

            {string.Join("\n\n", shown.Select(one => $"{Heading}{one.Name}\n\n{one.Part.Text}"))}

            """;
    }
}

/// <param name="Ratios">The lines of the table.</param>
/// <param name="Text">What it printed, with the time and the load before.</param>
internal sealed record PerformancePart(IReadOnlyList<string> Ratios, string Text);
