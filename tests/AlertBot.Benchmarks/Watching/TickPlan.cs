using System.Text.Json;

namespace AlertBot.Benchmarks.Watching;

/// <summary>What the database did for a tick's statements, read from the <c>explain analyze</c> of each.</summary>
internal sealed class TickPlan
{
    public const string Connection = "tick";

    private readonly List<(string Path, double Rows)> _scans = [];

    /// <summary>Rows that were looked at, including those that a filter dropped.</summary>
    public double RowsRead => _scans.Sum(scan => scan.Rows);

    /// <summary>How each table was reached, in the order of the statements.</summary>
    public IReadOnlyList<string> Shape => _scans.Select(scan => scan.Path).ToList();

    public IReadOnlyList<(string Path, double Rows)> Scans => _scans;

    /// <summary>Makes a private server log the plan of each statement with its row counts, in a form that a program can read.</summary>
    public static IReadOnlyDictionary<string, string> ServerSettings { get; } = new Dictionary<string, string>
    {
        ["session_preload_libraries"] = "auto_explain",
        ["auto_explain.log_min_duration"] = "0",
        ["auto_explain.log_analyze"] = "on",
        ["auto_explain.log_timing"] = "off",
        ["auto_explain.log_format"] = "json",
        ["log_destination"] = "jsonlog",
        ["log_filename"] = "plans",
    };

    /// <param name="directory">The directory of the cluster, which has stopped.</param>
    /// <param name="database">The database whose statements count, on connections named <see cref="Connection"/>.</param>
    public static TickPlan Of(string directory, string database)
    {
        const string Begins = "plan:";
        var plan = new TickPlan();
        foreach (var line in File.ReadLines(Path.Combine(directory, "log", "plans.json")))
        {
            using var entry = JsonDocument.Parse(line);
            var message = entry.RootElement.GetProperty("message").GetString()!;
            if (Text(entry.RootElement, "dbname") == database && Text(entry.RootElement, "application_name") == Connection
                && message.IndexOf(Begins, StringComparison.Ordinal) is >= 0 and var at)
            {
                using var told = JsonDocument.Parse(message[(at + Begins.Length)..]);
                plan.Read(told.RootElement.GetProperty("Plan"));
            }
        }

        return plan;
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    private void Read(JsonElement node)
    {
        // A new connection's questions about types belong to no tick.
        if (Text(node, "Relation Name") is { } table && !table.StartsWith("pg_", StringComparison.Ordinal)
            && Text(node, "Node Type")!.EndsWith("Scan", StringComparison.Ordinal))
        {
            var removed = node.TryGetProperty("Rows Removed by Filter", out var filtered) ? filtered.GetDouble() : 0;
            var rows = node.GetProperty("Actual Loops").GetDouble() * (node.GetProperty("Actual Rows").GetDouble() + removed);
            _scans.Add(($"{table} by {IndexOf(node) ?? "every row"}", rows));
        }

        foreach (var child in Below(node))
            Read(child);
    }

    // Row by row, or many at once through a bitmap: the index is the same.
    private static string? IndexOf(JsonElement node) =>
        Text(node, "Index Name") ?? Below(node).Select(IndexOf).FirstOrDefault(name => name is not null);

    private static JsonElement[] Below(JsonElement node) => node.TryGetProperty("Plans", out var below) ? [.. below.EnumerateArray()] : [];
}
