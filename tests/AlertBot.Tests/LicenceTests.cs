using System.Text.Json;

namespace AlertBot.Tests;

/// <summary>Whoever runs the program can read what it is made of: every package of the lock files, and none that is gone.</summary>
public sealed class LicenceTests
{
    private static string Root => SourceFile.Root;

    [Fact]
    public void Every_package_is_listed_with_its_licence()
    {
        var listed = File.ReadLines(Path.Combine(Root, "docs", "licences.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();

        Assert.Equal(Locked().Order(StringComparer.Ordinal), listed.Select(row => $"{row[1]} {row[2]}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(listed, row => row[3].Length == 0 || row[3].StartsWith("http", StringComparison.Ordinal));
    }

    [Fact]
    public void The_bill_of_materials_lists_the_same()
    {
        using var bill = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "docs", "sbom.cdx.json")));
        var components = bill.RootElement.GetProperty("components").EnumerateArray().ToList();

        Assert.Equal(
            Locked().Order(StringComparer.Ordinal),
            components.Select(one => $"{one.GetProperty("name")} {one.GetProperty("version")}").Order(StringComparer.Ordinal));
        Assert.All(components, one => Assert.Equal(128, one.GetProperty("hashes")[0].GetProperty("content").GetString()!.Length));
    }

    private static HashSet<string> Locked() => Directory.GetFiles(Path.Combine(Root, "src"), "packages.lock.json", SearchOption.AllDirectories)
        .SelectMany(file =>
        {
            using var locked = JsonDocument.Parse(File.ReadAllText(file));
            return locked.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                .Select(package => $"{package.Name} {package.Value.GetProperty("resolved").GetString()}").ToList();
        }).ToHashSet(StringComparer.Ordinal);
}
