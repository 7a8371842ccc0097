using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AlertBot.Flavours;

namespace AlertBot.Tests;

/// <summary>
/// Which project may know which. An arrow that is missing here is missing on purpose: a messenger cannot save or decide, an
/// act cannot ask which messenger or engine it runs with, and what is true depends on nothing.
/// </summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["AlertBot.Domain"] = [],
        ["AlertBot.Postgres"] = ["AlertBot.Domain"],
        ["AlertBot.Workflows"] = ["AlertBot.Domain", "AlertBot.Postgres"],
        ["AlertBot.Channels"] = ["AlertBot.Domain"],
        ["AlertBot.Jobs"] = ["AlertBot.Domain"],
        ["AlertBot.Console"] = ["AlertBot.Domain", "AlertBot.Postgres", "AlertBot.Workflows"],
        ["AlertBot.Sandbox"] = ["AlertBot.Domain"],
        ["AlertBot"] =
            ["AlertBot.Domain", "AlertBot.Postgres", "AlertBot.Workflows", "AlertBot.Channels", "AlertBot.Jobs", "AlertBot.Sandbox",
             "AlertBot.Console", "AlertBot.Hangfire", "AlertBot.TelegramBot"],
        // The second flavour, outside the solution.
        ["AlertBot.Hangfire"] = ["AlertBot.Domain", "AlertBot.Jobs"],
        ["AlertBot.TelegramBot"] = ["AlertBot.Domain", "AlertBot.Channels"],
    };

    // Who alone may use a package whose types must not spread.
    private static readonly Dictionary<string, string[]> OnlyIn = new()
    {
        ["Quartz"] = ["AlertBot.Jobs"],
        ["Hangfire"] = ["AlertBot.Hangfire"],
        ["Telegram.Bot"] = ["AlertBot.TelegramBot"],
        ["Dapper"] = ["AlertBot.Postgres"],
        ["YamlDotNet"] = ["AlertBot.Workflows"],
        ["System.CommandLine"] = ["AlertBot"],
    };

    public static TheoryData<string> Projects => [.. ProjectFiles().Keys];

    public static TheoryData<string> BuiltProjects => [.. ProjectFiles().Keys.Where(name => !IsSecondFlavour(name))];

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
    [MemberData(nameof(BuiltProjects))]
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
        var used = IsSecondFlavour(project) ? named : named.Concat(References(project));

        var strangers = OnlyIn.Where(only => !only.Value.Contains(project)).Select(only => only.Key).ToList();

        Assert.DoesNotContain(used, package => strangers.Any(
            stranger => package == stranger || package.StartsWith(stranger + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nobody_refers_to_a_project_in_the_tests() => Assert.Empty(
        ProjectFiles().Where(project => project.Value.ToString().Contains("/tests/", StringComparison.Ordinal)).Select(project => project.Key));

    [Fact]
    public void The_second_flavour_stays_out_of_the_solution() => Assert.DoesNotContain(
        MayKnow.Keys.Where(IsSecondFlavour), SourceFile.All.Single(file => file.Path == "AlertBot.sln").Text.Contains);

    // What was restored, not what the files ask for: a package may come along with another one.
    [Fact]
    public void Only_a_build_of_the_second_flavour_restores_its_packages()
    {
        var isSecond = Flavour.Built.Name == "hangfire";
        var run = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "AlertBot.Tests.deps.json"));
        var restored = ProjectFiles().Keys.Where(project => !IsSecondFlavour(project))
            .Select(project => Path.Combine(SourceFile.Root, "src", project, "obj", "project.assets.json")).Where(file => !isSecond && File.Exists(file));

        Assert.Equal(isSecond, SecondFlavour().IsMatch(run));
        Assert.All(restored, file => Assert.DoesNotMatch(SecondFlavour(), File.ReadAllText(file)));
    }

    [GeneratedRegex(@"\bHangfire\.|(?<!AlertBot\.)\bTelegram\.Bot\b")]
    private static partial Regex SecondFlavour();

    private static bool IsSecondFlavour(string project) => project is "AlertBot.Hangfire" or "AlertBot.TelegramBot";

    private static IEnumerable<string> References(string project) =>
        Assembly.Load(project == "AlertBot" ? "alertbot" : project).GetReferencedAssemblies().Select(reference => reference.Name!);

    private static Dictionary<string, XDocument> ProjectFiles() => SourceFile.All
        .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Path.EndsWith(".csproj", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Path), file => XDocument.Parse(file.Text));
}
