using System.Text.RegularExpressions;
using AlertBot.Configuration;

namespace AlertBot.Tests.Configuration;

/// <summary>The shipped file names every setting with its default.</summary>
public sealed partial class ShippedSettingsTests
{
    private static readonly string Shipped = Path.Combine(ConfigFolder.Find(), "alertbot.yaml");

    [Fact]
    public void It_has_no_mistake_and_changes_nothing()
    {
        var read = SettingsFile.Read(Shipped, File.ReadAllText(Shipped), new Dictionary<string, string>());

        Assert.Empty(read.Problems);
        Assert.Equal(new Settings(), read.Settings);
    }

    [Fact]
    public void It_names_every_setting_and_explains_each()
    {
        var lines = File.ReadAllLines(Shipped);
        var named = new List<string>();
        var section = "";
        for (var at = 0; at < lines.Length; at++)
        {
            if (SectionLine().Match(lines[at]) is { Success: true } start)
                section = start.Groups["name"].Value;
            if (KeyLine().Match(lines[at]) is not { Success: true } key)
                continue;

            named.Add($"{section}.{key.Groups["name"].Value}");
            Assert.StartsWith("  #", lines[at - 1], StringComparison.Ordinal);
        }

        Assert.Equal(GivenSettings.Sections.SelectMany(each => each.Value.Select(key => $"{each.Key}.{key}")), named);
    }

    [Fact]
    public void The_folder_is_found_from_any_depth_below_it()
    {
        var root = Path.GetDirectoryName(ConfigFolder.Find())!;

        Assert.Equal(Path.Combine(root, "config"), ConfigFolder.Find(Path.Combine(root, "src", "AlertBot", "bin", "Release")));
        Assert.Contains(
            "beside the program", Assert.Throws<DirectoryNotFoundException>(() => ConfigFolder.Find("/")).Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("^(?<name>[A-Za-z]+):")]
    private static partial Regex SectionLine();

    [GeneratedRegex("^  (?<name>[A-Za-z]+):")]
    private static partial Regex KeyLine();
}
