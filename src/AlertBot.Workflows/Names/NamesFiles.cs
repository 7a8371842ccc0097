using System.Globalization;
using AlertBot.Domain.Names;

namespace AlertBot.Workflows.Names;

/// <summary>
/// Ranks the queries of one file against the registry in another, to measure the names engine. Files are tab-separated with a heading line: registry
/// <c>canonical_id, canonical_name</c>; queries <c>query_id, query, ...</c>; predictions <c>query_id, ID=score, ...</c>, best first. Registry lines
/// with the same id are spellings of one person.
/// </summary>
public static class NamesFiles
{
    private const int MostCandidates = 20;

    public static NameIndex<string> ReadRegistry(TextReader registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var spellings = Rows(registry).GroupBy(row => row[0], row => row[1], StringComparer.Ordinal);
        var index = new NameIndex<string>();

        foreach (var person in spellings)
            index.Add(person.Key, person);

        return index;
    }

    /// <summary>Writes a line of predictions for each query.</summary>
    /// <returns>The number of queries answered.</returns>
    public static int Rank(TextReader registry, TextReader queries, TextWriter predictions)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(predictions);
        using var index = ReadRegistry(registry);
        var count = 0;

        foreach (var row in Rows(queries))
        {
            var line = index.Find(row[1], MostCandidates)
                .Select(match => string.Create(CultureInfo.InvariantCulture, $"{match.Id}={match.Score:R}"))
                .Prepend(row[0]);

            predictions.Write(string.Join('\t', line));
            predictions.Write('\n');
            count++;
        }

        return count;
    }

    private static IEnumerable<string[]> Rows(TextReader reader)
    {
        reader.ReadLine();

        for (var number = 2; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0)
                continue;

            var row = line.Split('\t');

            // The line may hold a name, so only its number is shown.
            yield return row.Length >= 2 ? row : throw new FormatException($"Line {number} has no second column.");
        }
    }
}
