namespace AlertBot.Domain.Names;

/// <summary>
/// The tables of the names engine: tab-separated files inside the assembly. Each names its published sources in its head.
/// </summary>
internal static class NameTable
{
    public static IEnumerable<string[]> Read(string file)
    {
        using var stream = typeof(NameTable).Assembly.GetManifestResourceStream($"Names/{file}")
            ?? throw new InvalidOperationException($"The table {file} is not in the assembly.");
        using var reader = new StreamReader(stream);

        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return line.Split('\t');
        }
    }
}
