using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AlertBot.Postgres.Migrations;

/// <summary>One numbered change of the database.</summary>
public sealed partial record Migration(int Number, string Name, string Sql)
{
    /// <summary>A hash that does not depend on the line ends of the checkout.</summary>
    public string Checksum => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>Number and name, as the file is called.</summary>
    public override string ToString() => $"{Number:0000}_{Name}";

    /// <summary>The migrations of an assembly: resources called <c>...Migrations.NNNN_name.sql</c>, in order.</summary>
    public static IReadOnlyList<Migration> EmbeddedIn(Assembly assembly) =>
        [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.EndsWith(".sql", StringComparison.Ordinal))
            .Select(resource => Read(assembly, resource))
            .OrderBy(migration => migration.Number)];

    private static Migration Read(Assembly assembly, string resource)
    {
        var file = ResourceName().Match(resource);
        if (!file.Success)
            throw new InvalidOperationException($"{resource} is not called NNNN_name.sql.");

        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return new Migration(
            int.Parse(file.Groups["number"].Value, CultureInfo.InvariantCulture),
            file.Groups["name"].Value,
            reader.ReadToEnd());
    }

    [GeneratedRegex(@"\.Migrations\.(?<number>\d{4})_(?<name>[a-z0-9_\-]+)\.sql$")]
    private static partial Regex ResourceName();
}
