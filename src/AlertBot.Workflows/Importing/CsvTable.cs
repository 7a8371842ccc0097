using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace AlertBot.Workflows.Importing;

/// <summary>
/// A table in CSV of any dialect: fields separated by commas, semicolons or tabs, any line ends, with or without quotes, its columns named in the
/// first line in any case and order. Prints as a mask.
/// </summary>
/// <param name="Columns">The known columns that the file has, or null where its first line names none.</param>
/// <param name="Unknown">What other columns it names. They are not read.</param>
public sealed record CsvTable(IReadOnlyList<string>? Columns, IReadOnlyList<string> Unknown, IReadOnlyList<CsvRow> Rows)
{
    private const char ByteOrderMark = '\uFEFF';
    private const string SeparatorNamed = "sep=";

    // The first one wins where a file gives no sign.
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <param name="known">The names of columns; a first line with one of them names the columns.</param>
    public static CsvTable Read(string text, IReadOnlyCollection<string> known)
    {
        text = text.TrimStart(ByteOrderMark);
        var names = known.DistinctBy(Folded).ToDictionary(Folded, StringComparer.Ordinal);
        var (separator, begin, lines) = Named(text) ?? (SeparatorOf(text, names), 0, 0);
        using var parser = new CsvParser(new StringReader(text[begin..]), Form(separator));
        IReadOnlyList<string?>? columns = null;
        IReadOnlyList<string> unknown = [];
        var (rows, line) = (new List<CsvRow>(), lines + 1);
        while (parser.Read())
        {
            var (fields, began) = (parser.Record ?? [], line);
            line += Breaks(parser.RawRecord);
            if (fields.All(string.IsNullOrWhiteSpace))
                continue;
            if (rows.Count == 0 && columns is null && fields.Any(field => names.ContainsKey(Folded(field))))
            {
                columns = fields.Select(field => names.GetValueOrDefault(Folded(field))).ToList();
                unknown = fields.Where(field => field.Trim().Length > 0 && !names.ContainsKey(Folded(field))).Select(field => field.Trim()).ToList();
                continue;
            }

            rows.Add(new CsvRow(began, fields, columns));
        }

        return new CsvTable(columns?.OfType<string>().Distinct(StringComparer.Ordinal).ToList(), unknown, rows);
    }

    public override string ToString() => "(table)";

    private static CsvConfiguration Form(char separator) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = separator.ToString(),
        HasHeaderRecord = false,
        // Blank lines count too, so that the numbers are those of the file.
        IgnoreBlankLines = false,
        // A misplaced quotation mark makes a field that the checks refuse. It must not hide the lines after it.
        BadDataFound = null,
        DetectColumnCountChanges = false,
        TrimOptions = TrimOptions.Trim,
    };

    // Excel itself understands, and some programs write, a first line that names the separator.
    private static (char Separator, int Begin, int Lines)? Named(string text) =>
        text.StartsWith(SeparatorNamed, StringComparison.OrdinalIgnoreCase) && text.Length > SeparatorNamed.Length
        && text.AsSpan(SeparatorNamed.Length + 1).IndexOfAny('\r', '\n') == 0
            ? (text[SeparatorNamed.Length],
                SeparatorNamed.Length + (text.AsSpan(SeparatorNamed.Length + 1).StartsWith("\r\n", StringComparison.Ordinal) ? 3 : 2), 1)
            : null;

    // Excel writes semicolons where the comma is the decimal sign. Values in quotes may hold any of them, and so may a name without quotes: the first
    // line tells, if it names columns.
    private static char SeparatorOf(string text, Dictionary<string, string> names)
    {
        var begun = text.TrimStart();
        var best = Separators.Select(separator => (Separator: separator, Named: Named(begun, separator, names)))
            .MaxBy(one => one.Named);
        if (best.Named > 0)
            return best.Separator;

        var isQuoted = false;
        foreach (var letter in text)
        {
            isQuoted ^= letter == '"';
            if (!isQuoted && Separators.Contains(letter))
                return letter;
        }

        return Separators[0];
    }

    private static int Named(string text, char separator, Dictionary<string, string> names)
    {
        using var parser = new CsvParser(new StringReader(text), Form(separator));
        return parser.Read() ? (parser.Record ?? []).Count(field => names.ContainsKey(Folded(field))) : 0;
    }

    private static string Folded(string name) => name.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');

    private static int Breaks(string raw)
    {
        var count = 0;
        for (var at = 0; at < raw.Length; at++)
            count += raw[at] == '\n' || (raw[at] == '\r' && (at + 1 == raw.Length || raw[at + 1] != '\n')) ? 1 : 0;
        return count;
    }
}

/// <summary>One line of a table. Prints as a mask.</summary>
/// <param name="Number">The number of its first line in the file, from 1.</param>
/// <param name="Fields">What stands there, in the order of the file.</param>
/// <param name="Columns">The column of each field; null for one that is not read. Null altogether: the file names none.</param>
public sealed record CsvRow(int Number, IReadOnlyList<string> Fields, IReadOnlyList<string?>? Columns)
{
    /// <summary>How many fields there are, but for empty ones at the end.</summary>
    public int Count => Fields.Count - Fields.Reverse().TakeWhile(string.IsNullOrWhiteSpace).Count();

    /// <summary>The field of a column; empty where the file has none.</summary>
    public string Of(string column)
    {
        for (var at = 0; at < Fields.Count && at < Columns?.Count; at++)
        {
            if (Columns[at] == column)
                return Fields[at].Trim();
        }

        return "";
    }

    /// <summary>The field at that place; empty where there is none.</summary>
    public string At(int place) => place < Fields.Count ? Fields[place].Trim() : "";

    public override string ToString() => $"(line {Number})";
}
