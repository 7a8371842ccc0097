using System.Text.RegularExpressions;

namespace AlertBot.Tests;

/// <summary>What the house style asks of every file and no compiler checks. A failure lists the places.</summary>
public sealed partial class SourceRuleTests
{
    // Where a program begins somebody has to choose the real clock, and a default may be it.
    private static readonly string[] ChooseAClock =
    [
        "src/AlertBot/Hosting/Composition.cs",
        "src/AlertBot/Cli/",
        "src/AlertBot/Replaying/ReplayClock.cs",
        "src/AlertBot.Jobs/Quartz/QuartzJobs.cs",
        "src/AlertBot.Sandbox/SandboxOptions.cs",

        // Measured in real time, and an engine that other processes share.
        "tests/AlertBot.Benchmarks/",
        "tests/AlertBot.IntegrationTests/Jobs/",
    ];

    // A test never sleeps. Where another process or server must do something first, it looks for that again and again, and
    // gives up after a while: here, and nowhere else.
    private static readonly string[] LookAgainAndAgain =
    [
        "tests/AlertBot.Benchmarks/",
        "tests/AlertBot.IntegrationTests/Jobs/",
        "tests/AlertBot.IntegrationTests/Support/",
    ];

    [Fact]
    public void Time_is_asked_of_a_clock_that_was_handed_in() => Assert.Empty(
        SourceFile.Code("src/").Concat(SourceFile.Code("tests/"))
            .Where(file => !ChooseAClock.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal)))
            .SelectMany(file => file.InCode(RealTime())));

    [Fact]
    public void A_date_without_a_zone_has_one_place() => Assert.Empty(
        SourceFile.Code("src/").Where(file => Path.GetFileName(file.Path) != "DapperTypes.cs").SelectMany(file => file.InCode(PlainDate())));

    [Fact]
    public void No_test_sleeps() => Assert.Empty(
        SourceFile.Code("tests/").Where(file => !LookAgainAndAgain.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal)))
            .SelectMany(file => file.InCode(Sleep())));

    [Fact]
    public void Quartz_is_known_in_one_folder() => Assert.Empty(
        SourceFile.Code("src/").Where(file => !file.Path.StartsWith("src/AlertBot.Jobs/Quartz/", StringComparison.Ordinal))
            .SelectMany(file => file.InCode(QuartzType())));

    [Fact]
    public void A_file_has_one_subject() => Assert.Empty(
        SourceFile.Code("src/").Concat(SourceFile.Code("tests/")).Where(file => file.LineCount > 300).Select(file => $"{file.Path}: {file.LineCount} lines"));

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() =>
        Assert.Empty(SourceFile.All.SelectMany(file => file.Anywhere(PlaceOnAMachine())));

    [Fact]
    public void No_file_says_where_packages_come_from() =>
        Assert.Empty(SourceFile.All.SelectMany(file => file.Anywhere(Registry())));

    [Fact]
    public void What_the_recipes_point_to_is_there()
    {
        var recipes = SourceFile.All.Single(file => file.Path == "CONTRIBUTING.md");
        var places = PlaceInRepository().Matches(recipes.Text).Select(match => match.Groups["path"].Value).ToList();

        Assert.True(places.Count > 15);
        Assert.DoesNotContain(places, place => !Path.Exists(Path.Combine(SourceFile.Root, place)));
    }

    [Fact]
    public void What_is_looked_for_would_be_found()
    {
        var file = new SourceFile("x.cs", "var a = DateTime.UtcNow; // DateTime.UtcNow\nvar b = \"DateTime.Now\";\n\nvar c = SystemClock.Instance;\n");

        Assert.Equal(["x.cs:1: DateTime.UtcNow", "x.cs:4: SystemClock.Instance"], file.InCode(RealTime()));
        Assert.Equal(["x.cs:1: DateTime"], file.InCode(PlainDate()));
        Assert.Single(new SourceFile("y.md", "see /home" + "/somebody/alertbot").Anywhere(PlaceOnAMachine()));
        Assert.Contains(SourceFile.All, each => each.Path == "src/AlertBot/Program.cs");
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bSystemClock\.Instance\b")]
    private static partial Regex RealTime();

    [GeneratedRegex(@"\bDateTime\b")]
    private static partial Regex PlainDate();

    [GeneratedRegex(@"\bTask\.Delay\(|\bThread\.Sleep\(|\bSpinWait\b")]
    private static partial Regex Sleep();

    // Our own folder of that name is no type of theirs.
    [GeneratedRegex(@"\busing Quartz\b|(?<!AlertBot\.Jobs\.)\bQuartz\.(?!Quartz)[A-Z]\w*\.?|\bIScheduler\b|\bIJobExecutionContext\b")]
    private static partial Regex QuartzType();

    [GeneratedRegex("`(?<path>(src|tests|config)/[^`<]*)`")]
    private static partial Regex PlaceInRepository();

    // The one-letter classes keep these lines from finding themselves. Homebrew's Linux home is the same everywhere.
    [GeneratedRegex(@"/[h]ome/(?!linuxbrew/)\w+|/[U]sers/\w+|[A-Z]:\\+[U]sers\\|/[r]oot/\w+|/[w]ork/\w+")]
    private static partial Regex PlaceOnAMachine();

    [GeneratedRegex(@"[n]uget\.org|[r]egistry\.npmjs|[d]eb\.debian\.org|[s]ecurity\.debian\.org|[p]kgs\.dev\.azure")]
    private static partial Regex Registry();
}
