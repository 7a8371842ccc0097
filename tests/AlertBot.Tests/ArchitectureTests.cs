using System.Reflection;
using System.Xml.Linq;

namespace AlertBot.Tests;

/// <summary>
/// Which project may use which. A missing arrow is missing on purpose: a messenger cannot store or decide, an act cannot ask which messenger or
/// engine it runs with, and the domain depends on nothing.
/// </summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["AlertBot.Domain"] = [],
        ["AlertBot.Postgres"] = ["AlertBot.Domain"],
        ["AlertBot.Workflows"] = ["AlertBot.Domain", "AlertBot.Postgres"],
        ["AlertBot.Channels"] = ["AlertBot.Domain"],
        ["AlertBot.Jobs"] = ["AlertBot.Domain", "AlertBot.Postgres"],
        ["AlertBot.Console"] = ["AlertBot.Domain", "AlertBot.Postgres", "AlertBot.Workflows"],
        ["AlertBot.Sandbox"] = ["AlertBot.Domain"],
        ["AlertBot"] =
            ["AlertBot.Domain", "AlertBot.Postgres", "AlertBot.Workflows", "AlertBot.Channels", "AlertBot.Jobs", "AlertBot.Sandbox",
             "AlertBot.Console"],
    };

    // The only users of packages whose types must not spread.
    private static readonly Dictionary<string, string[]> OnlyIn = new()
    {
        ["Hangfire"] = ["AlertBot.Jobs"],
        ["Telegram.Bot"] = ["AlertBot.Channels"],
        ["Dapper"] = ["AlertBot.Postgres"],
        ["YamlDotNet"] = ["AlertBot.Workflows"],
        ["CsvHelper"] = ["AlertBot.Workflows"],
        ["Ical.Net"] = ["AlertBot.Workflows"],
        ["PhoneNumbers"] = ["AlertBot.Workflows"],
        ["System.CommandLine"] = ["AlertBot"],
    };

    public static TheoryData<string> Projects => [.. ProjectFiles().Keys];

    [Fact]
    public void Every_project_has_its_place() =>
        Assert.Empty(ProjectFiles().Keys.Except(MayKnow.Keys));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_names_only_projects_it_may_know(string project)
    {
        var named = ProjectFiles()[project].Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(named.Except(MayKnow[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_built_project_uses_only_projects_it_may_know(string project)
    {
        var used = References(project).Where(name => name.StartsWith("alertbot", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(used.Except(MayKnow[project]));
    }

    [Fact]
    public void What_is_true_needs_nothing_but_the_calendar() => Assert.All(
        References("AlertBot.Domain"),
        name => Assert.True(name.StartsWith("System", StringComparison.Ordinal) || name is "NodaTime" or "netstandard", $"the domain uses {name}"));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_package_stays_where_it_belongs(string project)
    {
        var named = ProjectFiles()[project].Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);
        var used = named.Concat(References(project));

        var strangers = OnlyIn.Where(only => !only.Value.Contains(project)).Select(only => only.Key).ToList();

        Assert.DoesNotContain(used, package => strangers.Any(
            stranger => package == stranger || package.StartsWith(stranger + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nobody_refers_to_a_project_in_the_tests() => Assert.Empty(
        ProjectFiles().Where(project => project.Value.ToString().Contains("/tests/", StringComparison.Ordinal)).Select(project => project.Key));


    private static IEnumerable<string> References(string project) =>
        Assembly.Load(project == "AlertBot" ? "alertbot" : project).GetReferencedAssemblies().Select(reference => reference.Name!);

    private static Dictionary<string, XDocument> ProjectFiles() => SourceFile.All
        .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Path.EndsWith(".csproj", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Path), file => XDocument.Parse(file.Text));
}
