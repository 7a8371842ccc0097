using System.Text.RegularExpressions;
using AlertBot.Domain.Retention;
using AlertBot.Tests.Texts;

namespace AlertBot.Tests;

/// <summary>
/// What guides tell people to type exists, and a test runs it or the guide says that none does. The pages for reporters are made from the
/// texts of the bot.
/// </summary>
public sealed partial class GuideTests
{
    /// <summary>Set, the pages for reporters are written anew in place of compared.</summary>
    private const string Write = "ALERTBOT_WRITE_GUIDES";

    private const string NotRun = "not run by a test";

    /// <summary>Which test runs a verb that a guide names.</summary>
    private static readonly Dictionary<string, string> RunBy = new(StringComparer.Ordinal)
    {
        ["alert send"] = "IntegrationTests/Flows/A_machine_is_lost",
        ["backup"] = "IntegrationTests/Flows/A_machine_is_lost",
        ["case import"] = "IntegrationTests/Flows/A_machine_is_lost",
        ["demo"] = "BrowserTests/Demo/A_visitor_tries_the_demo",
        ["doctor"] = "IntegrationTests/Flows/The_watcher_is_watched",
        ["invite"] = "IntegrationTests/Flows/A_machine_is_lost",
        ["jobs list"] = "IntegrationTests/Flows/An_operator_looks_at_the_jobs",
        ["jobs run"] = "IntegrationTests/Flows/An_operator_looks_at_the_jobs",
        ["keys check"] = "IntegrationTests/Flows/A_key_is_lost",
        ["keys join"] = "IntegrationTests/Flows/A_key_is_lost",
        ["keys rotate"] = "IntegrationTests/Flows/A_key_is_lost",
        ["keys split"] = "IntegrationTests/Flows/A_machine_is_lost",
        ["keys take-away"] = "IntegrationTests/Flows/A_machine_is_lost",
        ["migrate"] = "IntegrationTests/Flows/A_machine_is_lost",
        ["people import"] = "IntegrationTests/Flows/An_operator_moves_lists_in",
        ["replay"] = "IntegrationTests/Flows/Histories_of_years_are_played",
        ["restore"] = "IntegrationTests/Flows/A_machine_is_lost",
        ["rules changes"] = "IntegrationTests/Flows/The_law_is_changed",
        ["rules compute"] = "IntegrationTests/Flows/The_law_is_asked",
        ["rules list"] = "IntegrationTests/Flows/The_law_is_asked",
        ["serve"] = "IntegrationTests/Flows/A_machine_is_lost",
        ["upgrade-database"] = "IntegrationTests/Flows/The_database_moves_on",
        ["wipe"] = "IntegrationTests/Flows/Everything_is_destroyed",
    };

    private static IEnumerable<SourceFile> Guides => SourceFile.All.Where(
        file => file.Path.StartsWith("docs/", StringComparison.Ordinal) && file.Path.EndsWith(".md", StringComparison.Ordinal)
            && !file.Path.StartsWith("docs/decisions/", StringComparison.Ordinal));

    [Fact]
    public void Every_verb_that_a_guide_names_is_run_by_a_test_or_marked()
    {
        var named = Guides.SelectMany(guide => guide.Text.Split('\n')).Where(line => !line.Contains(NotRun, StringComparison.Ordinal))
            .SelectMany(line => Verb().Matches(line))
            .Select(match => $"{match.Groups["verb"].Value} {match.Groups["more"].Value}".Trim()).ToHashSet();

        Assert.DoesNotContain(
            named, verb => !RunBy.Keys.Any(known => verb == known || verb.StartsWith(known + " ", StringComparison.Ordinal)));
        Assert.Empty(RunBy.Select(pair => (pair.Key, File: SourceFile.All.SingleOrDefault(file => file.Path == $"tests/AlertBot.{pair.Value}.cs")))
            .Where(pair => pair.File?.Text.Contains(pair.Key.Split(' ')[^1], StringComparison.OrdinalIgnoreCase) != true).Select(pair => pair.Key));
    }

    [Fact]
    public void Every_command_of_the_chat_that_a_guide_names_exists()
    {
        Assert.Empty(Guides.Where(guide => guide.Path is "docs/coordinator.md" or "docs/operator.md").SelectMany(guide =>
            Command().Matches(guide.Text).Select(match => match.Groups["name"].Value)
                .Where(name => !Catalogs.Shipped.Has("en", "command." + name))).Distinct());
    }

    /// <summary>One page in each language, for whoever wants to know before they write: what the bot is, what it keeps, what to type.</summary>
    [Fact]
    public void Every_language_has_a_page_for_reporters_made_from_the_texts()
    {
        foreach (var language in Catalogs.Shipped.Languages.Select(one => one.Code))
        {
            var path = Path.Combine(SourceFile.Root, "docs", "reporter", language + ".md");
            if (Environment.GetEnvironmentVariable(Write) is not null)
                File.WriteAllText(path, PageOf(language));
            Assert.Equal(PageOf(language), File.ReadAllText(path));
        }
    }

    private static string PageOf(string language)
    {
        string Say(string key) => Catalogs.Shipped.Plain(
            language, key, ("signal", true), ("days", (int)RetentionPolicy.Usual.Strangers!.Value.TotalDays));
        string[] commands = ["report", "add", "status", "checkin", "forget", "privacy", "language", "stop", "help"];
        string[] told =
            ["private.note", "private.alone", "private.forget", "private.stop", "private.telegram", "private.signal", "private.phone"];
        var blocks = new List<string>
        {
            "# " + Catalogs.Shipped.Plain(language, "language.name"),
            string.Join("\n\n", new[] { "start.welcome", "start.point-report" }.Select(Say)),
            string.Join('\n', commands.Select(name => $"- `/{name}` {Say("command." + name)}")),
        };
        blocks.AddRange(told.Select(key => Say(key).TrimEnd().Replace("\n• ", "\n\n- ", StringComparison.Ordinal)));
        return string.Join("\n\n", blocks) + "\n";
    }

    [GeneratedRegex(@"(?<![\w-])(?:\./)?alertbot (?<verb>(?!VERB|help|test|install|completion|dotnet|is |kept )[a-z][a-z-]+)"
        + @"(?: (?<more>[a-z][a-z-]+))?(?=[\s`.,:;)\]]|$)")]
    private static partial Regex Verb();

    [GeneratedRegex(@"`/(?<name>[a-z]+)(?: [^`]*)?`")]
    private static partial Regex Command();
}
