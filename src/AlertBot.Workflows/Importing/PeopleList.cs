using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace AlertBot.Workflows.People;

/// <summary>
/// Reads a list of people from a CSV file in any dialect: fields separated by commas, semicolons or tabs, any line ends, with or without quotes and a
/// heading line.
/// </summary>
public static class PeopleList
{
    /// <summary>Each non-empty line with its number in the file, from 1.</summary>
    public static IReadOnlyList<PeopleLine> Read(string text)
    {
        var form = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text).ToString(),
            HasHeaderRecord = false,
            // Blank lines count too, so that the numbers are those of the file.
            IgnoreBlankLines = false,
            // A misplaced quotation mark makes a field that the checks below refuse. It must not hide the lines after it.
            BadDataFound = null,
            DetectColumnCountChanges = false,
            TrimOptions = TrimOptions.Trim,
        };
        using var parser = new CsvParser(new StringReader(text.TrimStart('\uFEFF')), form);
        var (lines, line) = (new List<PeopleLine>(), 1);
        while (parser.Read())
        {
            var (fields, began) = (parser.Record ?? [], line);
            line += Breaks(parser.RawRecord);
            if (fields.All(string.IsNullOrWhiteSpace) || (lines.Count == 0 && IsHeading(fields)))
                continue;
            lines.Add(new PeopleLine(began, fields));
        }

        return lines;
    }

    // Excel writes semicolons where the comma is the decimal sign. Cases, which semicolons separate too, are then in quotes.
    private static char DelimiterOf(string text)
    {
        var isQuoted = false;
        foreach (var letter in text)
        {
            isQuoted ^= letter == '"';
            if (!isQuoted && letter is ',' or ';' or '\t')
                return letter;
        }

        return ',';
    }

    private static bool IsHeading(string[] fields) =>
        fields[0].Trim().Equals(ImportPeople.Columns[0], StringComparison.OrdinalIgnoreCase);

    private static int Breaks(string raw)
    {
        var count = 0;
        for (var at = 0; at < raw.Length; at++)
            count += raw[at] == '\n' || (raw[at] == '\r' && (at + 1 == raw.Length || raw[at + 1] != '\n')) ? 1 : 0;
        return count;
    }
}

/// <param name="Number">The line's number in the file.</param>
public sealed record PeopleLine(int Number, IReadOnlyList<string> Fields)
{
    public override string ToString() => $"(line {Number})";
}
