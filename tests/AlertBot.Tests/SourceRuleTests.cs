using System.Text.RegularExpressions;

namespace AlertBot.Tests;

/// <summary>The rules of house style that no compiler checks. A failure lists the places.</summary>
public sealed partial class SourceRuleTests
{
    // Somebody must choose the real clock where a program begins, and a default may choose it.
    private static readonly string[] ChooseAClock =
    [
        "src/AlertBot/Hosting/Composition.cs",
        "src/AlertBot/Hosting/Storage.cs",
        "src/AlertBot/Cli/",
        "src/AlertBot/Replaying/ReplayClock.cs",
        "src/AlertBot.Jobs/JobRunner.cs",
        "src/AlertBot.Sandbox/SandboxOptions.cs",

        // Measured in real time, with an engine that other processes share.
        "tests/AlertBot.Benchmarks/",
        "tests/AlertBot.Faults/",
        "tests/AlertBot.IntegrationTests/Jobs/",
    ];

    // A test never sleeps. If another process or server must do something first, these files look again and again, and give up after a while. No
    // other file may.
    private static readonly string[] LookAgainAndAgain =
    [
        "tests/AlertBot.Benchmarks/",
        "tests/AlertBot.Faults/",
        "tests/AlertBot.IntegrationTests/Jobs/",
        "tests/AlertBot.IntegrationTests/Support/",
    ];

    [Fact]
    public void Time_is_asked_of_a_clock_that_was_handed_in() => None(
        Outside(ChooseAClock, "src/", "tests/").SelectMany(file => file.InCode(RealTime())));

    [Fact]
    public void Whoever_has_a_session_asks_it_for_the_time() => None(
        Outside([], "src/").SelectMany(file => file.InCode(TimeBesideSession())));

    [Fact]
    public void Whoever_has_a_session_asks_it_who_acts() => None(
        Outside([], "src/").SelectMany(file => file.InCode(ActorBesideSession())));

    [Fact]
    public void A_date_without_a_zone_has_one_place() => None(
        Outside(["src/AlertBot.Postgres/DapperTypes.cs"], "src/").SelectMany(file => file.InCode(PlainDate())));

    // .NET's reader accepts numbers, and adds lists up: "advocate, coordinator" makes an owner.
    [Fact]
    public void Enumerations_are_read_by_their_names_alone() => None(
        Outside(["src/AlertBot.Domain/Time/WhenVocabulary.cs"], "src/").SelectMany(file => file.InCode(EnumReader())));

    [Fact]
    public void No_test_sleeps() => None(Outside(LookAgainAndAgain, "tests/").SelectMany(file => file.InCode(Sleep())));

    [Fact]
    public void A_file_has_one_subject() => None(
        Outside([], "src/", "tests/").Where(file => file.LineCount > 300).Select(file => $"{file.Path}: {file.LineCount} lines"));

    // The build also refuses such a line of C# (Directory.Build.targets); this test reads pages too.
    [Fact]
    public void A_line_fits_on_a_screen() => None(
        SourceFile.All.Where(file => IsCode(file.Path)).SelectMany(file => file.Anywhere(LongLine())));

    [Fact]
    public void Every_project_names_its_packages_with_their_hashes() => None(
        SourceFile.All.Select(file => file.Path).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(path => path[..path.LastIndexOf('/')] + "/packages.lock.json")
            .Where(path => !SourceFile.All.Any(file => file.Path == path)));

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() =>
        None(SourceFile.All.SelectMany(file => file.Anywhere(PlaceOnAMachine())));

    [Fact]
    public void No_file_says_where_packages_come_from() =>
        None(SourceFile.All.SelectMany(file => file.Anywhere(Registry())));

    [Fact]
    public void What_the_recipes_point_to_is_there()
    {
        var recipes = SourceFile.All.Single(file => file.Path == "CONTRIBUTING.md");
        var places = PlaceInRepository().Matches(recipes.Text).Select(match => match.Groups["path"].Value).ToList();

        Assert.True(places.Count > 15);
        None(places.Where(place => !Path.Exists(Path.Combine(SourceFile.Root, place))));
    }

    [Fact]
    public void What_is_looked_for_would_be_found()
    {
        var file = new SourceFile(
            "x.cs", "var a = DateTime.UtcNow; // DateTime.UtcNow\nvar b = \"DateTime.Now\";\n\nvar c = SystemClock.Instance;\n");

        Assert.Equal(["x.cs:1: DateTime.UtcNow", "x.cs:4: SystemClock.Instance"], file.InCode(RealTime()));
        Assert.Equal(["x.cs:1: DateTime"], file.InCode(PlainDate()));
        Assert.Single(new SourceFile("z.cs", "Task RunAsync(\n    Session session, CaseId id, Instant now)").InCode(TimeBesideSession()));
        Assert.Single(new SourceFile("z.cs", "Task RunAsync(Session session, CaseId id, Actor actor)").InCode(ActorBesideSession()));
        Assert.Single(new SourceFile("y.md", "see /home" + "/somebody/alertbot").Anywhere(PlaceOnAMachine()));
        Assert.Contains(SourceFile.All, each => each.Path == "src/AlertBot/Program.cs");
        Assert.Single(new SourceFile("z.cs", $"// {new string('x', 147)}\n// {new string('x', 148)}\n").Anywhere(LongLine()));
    }

    private static IEnumerable<SourceFile> Outside(string[] places, params string[] below) =>
        below.SelectMany(SourceFile.Code).Where(file => !places.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal)));

    // Lists all places and not the first five, so that they can be corrected at once.
    private static void None(IEnumerable<string> places)
    {
        var found = places.ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bSystemClock\.Instance\b")]
    private static partial Regex RealTime();

    [GeneratedRegex(@"\((?=[^()]*\b(Session session|Talk talk)\b)[^()]*\bInstant now\b")]
    private static partial Regex TimeBesideSession();

    [GeneratedRegex(@"\bEnum\.(Try)?Parse\b")]
    private static partial Regex EnumReader();

    [GeneratedRegex(@"\((?=[^()]*\b(Session session|Talk talk)\b)[^()]*\bActor actor\b")]
    private static partial Regex ActorBesideSession();

    [GeneratedRegex(@"\bDateTime\b")]
    private static partial Regex PlainDate();

    [GeneratedRegex(@"\bTask\.Delay\((?!Timeout\.Infinite)|\bThread\.Sleep\(|\bSpinWait\b")]
    private static partial Regex Sleep();

    private static bool IsCode(string path) =>
        (path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("tests/", StringComparison.Ordinal))
        && (path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal));

    [GeneratedRegex(@"^[^\n]{151,}", RegexOptions.Multiline)]
    private static partial Regex LongLine();

    [GeneratedRegex("`(?<path>(src|tests|config)/[^`<]*)`")]
    private static partial Regex PlaceInRepository();

    // The one-letter classes keep these lines from finding themselves. Homebrew's Linux home is the same everywhere.
    [GeneratedRegex(@"/[h]ome/(?!linuxbrew/)\w+|/[U]sers/\w+|[A-Z]:\\+[U]sers\\|/[r]oot/\w+|/[w]ork/\w+")]
    private static partial Regex PlaceOnAMachine();

    [GeneratedRegex(@"[n]uget\.org|[r]egistry\.npmjs|[d]eb\.debian\.org|[s]ecurity\.debian\.org|[p]kgs\.dev\.azure")]
    private static partial Regex Registry();
}
