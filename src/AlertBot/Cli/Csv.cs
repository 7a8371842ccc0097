using System.Text;

namespace AlertBot.Cli;

/// <summary>Reads comma-separated lines by RFC 4180: quotes around fields, two quotes for one.</summary>
internal static class Csv
{
    /// <summary>Each record with the number of its first line, counted from 1. Empty lines are passed over.</summary>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Read(string text)
    {
        var (fields, field, quoted, line, start) = (new List<string>(), new StringBuilder(), false, 1, 1);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted && i < text.Length)
            {
                if (c == '\n')
                    line++;
                if (c != '"')
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[i++]);
                else
                    quoted = false;
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == ',')
                    continue;
                if (fields.Any(one => !string.IsNullOrWhiteSpace(one)))
                    yield return (start, fields);
                fields = [];
                quoted = false;
                start = ++line;
            }
            else if (c != '\r' && c != '\uFEFF')
            {
                field.Append(c);
            }
        }
    }
}
