using System.Text;

namespace AlertBot.Tests.Support;

/// <summary>A small, strict reader of iCalendar files, written from the standard and not from our writer.</summary>
public static class IcsReader
{
    /// <summary>The events, each with its properties by name, including parameters: <c>DTSTART;VALUE=DATE</c>.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Events(string text)
    {
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));

        var events = new List<IReadOnlyDictionary<string, string>>();
        Dictionary<string, string>? open = null;
        var lines = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(("BEGIN:VCALENDAR", "END:VCALENDAR"), (lines[0], lines[^1]));
        Assert.Contains("VERSION:2.0", lines);
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':');
            Assert.True(colon > 0, "a line without a name");
            switch (line)
            {
                case "BEGIN:VEVENT":
                    Assert.Null(open);
                    open = [];
                    break;
                case "END:VEVENT":
                    events.Add(open!);
                    open = null;
                    break;
                default:
                    open?.Add(line[..colon], Unescaped(line[(colon + 1)..]));
                    break;
            }
        }

        return events;
    }

    private static string Unescaped(string value)
    {
        var plain = new StringBuilder();
        for (var at = 0; at < value.Length; at++)
        {
            Assert.False(value[at] is ';' or ',', "a bare separator in a text");
            if (value[at] == '\\')
                plain.Append(value[++at] is 'n' or 'N' ? '\n' : value[at]);
            else
                plain.Append(value[at]);
        }

        return plain.ToString();
    }
}
