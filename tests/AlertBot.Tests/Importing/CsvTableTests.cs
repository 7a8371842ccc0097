using AlertBot.Workflows.Importing;

namespace AlertBot.Tests.Importing;

public sealed class CsvTableTests
{
    private static readonly string[] Columns = ["names", "zone", "laws", "note"];

    /// <summary>
    /// What a program writes is read as it was meant: any separator, any line ends, any order of columns, quotes where they must be.
    /// </summary>
    [Fact]
    public void A_table_says_the_same_in_every_dialect() => Property.ForAll(Any, one =>
    {
        var table = CsvTable.Read(one.Text, Columns);

        Assert.Equal(Columns.Order(), table.Columns!.Order());
        Assert.Equal(one.Rows.Count, table.Rows.Count);
        foreach (var (wanted, row) in one.Rows.Zip(table.Rows))
            Assert.Equal(wanted, Columns.Select(row.Of));
        Assert.Equal(one.Numbers, table.Rows.Select(row => row.Number));
    }, runs: 1_000);

    [Fact]
    public void Columns_are_known_in_any_case_and_strange_ones_are_named()
    {
        var table = CsvTable.Read("Phone;NAMES; Time Zone ;\nx;Aigul;y;\n", ["names", "time_zone"]);

        Assert.Equal(["names", "time_zone"], table.Columns);
        Assert.Equal(["Phone"], table.Unknown);
        Assert.Equal(("Aigul", "y", ""), (table.Rows[0].Of("names"), table.Rows[0].Of("time_zone"), table.Rows[0].Of("phone")));
    }

    [Theory]
    [InlineData("sep=;\nnames;zone\nA, B;Asia/Almaty")]
    [InlineData("sep=;\r\nnames;zone\r\nA, B;Asia/Almaty\r\n")]
    [InlineData("names;zone\nA, B;Asia/Almaty")]
    [InlineData("\uFEFFzone\tnames\nAsia/Almaty\tA, B")]
    public void A_comma_in_a_name_does_not_pass_for_the_separator(string text)
    {
        var row = Assert.Single(CsvTable.Read(text, Columns).Rows);

        Assert.Equal(("A, B", "Asia/Almaty"), (row.Of("names"), row.Of("zone")));
    }

    [Fact]
    public void A_table_without_a_heading_has_no_columns() => Assert.Null(CsvTable.Read("Aigul,Asia/Almaty", Columns).Columns);

    [Fact]
    public void Whatever_a_file_holds_it_is_read_to_its_end() => Property.ForAll(
        random =>
        {
            const string Signs = "abя,;\t\"\r\n\0\u202E=+@'\\";
            return string.Concat(Enumerable.Range(0, random.Next(300)).Select(_ => Signs[random.Next(Signs.Length)]));
        },
        text => Assert.All(CsvTable.Read(text, Columns).Rows, row => Assert.InRange(row.Number, 1, 400)), runs: 2_000);

    private static Written Any(Random random)
    {
        var separator = ",;\t"[random.Next(3)];
        var end = new[] { "\n", "\r\n", "\r" }[random.Next(3)];
        var order = Columns.OrderBy(_ => random.Next()).ToList();
        var text = new System.Text.StringBuilder(random.Next(2) == 0 ? "\uFEFF" : "");
        text.AppendJoin(separator, order.Select(column => random.Next(2) == 0 ? column : column.ToUpperInvariant())).Append(end);
        var (rows, numbers, line) = (new List<string[]>(), new List<int>(), 2);
        for (var count = random.Next(1, 8); count > 0; count--)
        {
            // The first column is never empty: a line without anything is none.
            var row = Columns.Select((_, at) => (at == 0 ? "x" : "") + AnyField(random, end)).ToArray();
            var fields = order.Select(column => Quoted(row[Array.IndexOf(Columns, column)])).ToList();
            text.AppendJoin(separator, fields).Append(end);
            rows.Add(row);
            numbers.Add(line);
            line += 1 + row.Sum(field => field.Split(end).Length - 1);
        }

        return new Written(text.ToString(), rows, numbers);
    }

    private static string AnyField(Random random, string end)
    {
        string[] pieces = ["Айгүль", "b", ",", ";", "\t", "\"", "=1+1", "'", "–", end, "q"];
        return string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)])).Trim();
    }

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed record Written(string Text, List<string[]> Rows, List<int> Numbers);
}
