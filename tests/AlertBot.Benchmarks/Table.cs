namespace AlertBot.Benchmarks;

/// <summary>Rows of plain text under a heading; the caller formats the numbers.</summary>
internal sealed class Table(params string[] heading)
{
    private readonly List<string[]> _rows = [heading];

    public Table Add(params string[] row)
    {
        _rows.Add(row);
        return this;
    }

    public void Print()
    {
        var widths = Enumerable.Range(0, heading.Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in _rows)
            Console.WriteLine(
                string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
        Console.WriteLine();
    }
}
