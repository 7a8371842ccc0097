using AlertBot.Workflows.People;

namespace AlertBot.Workflows.Importing;

/// <summary>
/// Reads a list of people from a CSV file in any dialect. Without a heading line the columns stand in the order of
/// <see cref="ImportPeople.Columns"/>; with one, in any.
/// </summary>
public static class PeopleList
{
    /// <summary>Columns without which nobody can be added.</summary>
    internal static readonly IReadOnlyList<string> Needed = ["role", "channel", "address"];

    /// <summary>Each non-empty line with its number in the file, from 1.</summary>
    public static IReadOnlyList<PeopleLine> Read(string text) => Of(CsvTable.Read(text, ImportPeople.Columns));

    public static IReadOnlyList<PeopleLine> Of(CsvTable table) => table.Rows
        .Select(row => new PeopleLine(
            row.Number, row.Columns is null ? row.Fields : WithoutEnd(ImportPeople.Columns.Select(row.Of).ToList()))).ToList();

    private static List<string> WithoutEnd(List<string> fields)
    {
        while (fields.Count > 0 && fields[^1].Length == 0)
            fields.RemoveAt(fields.Count - 1);
        return fields;
    }
}

/// <param name="Number">The line's number in the file.</param>
/// <param name="Fields">In the order of <see cref="ImportPeople.Columns"/>.</param>
public sealed record PeopleLine(int Number, IReadOnlyList<string> Fields)
{
    public override string ToString() => $"(line {Number})";
}
