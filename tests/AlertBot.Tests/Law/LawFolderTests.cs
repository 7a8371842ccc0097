using AlertBot.Workflows.Law;

namespace AlertBot.Tests.Law;

/// <summary>The folder of laws as a whole: files are independent, and a broken one does not affect the others.</summary>
public sealed class LawFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alertbot-law-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_missing_folder_is_a_problem_that_says_what_it_means()
    {
        var law = LawFolder.Load(Path.Combine(_folder.FullName, "nowhere"));

        Assert.Empty(law.Book.Rules);
        Assert.Contains("no deadline can be computed", Assert.Single(law.Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_a_problem_too() =>
        Assert.Contains("no rule could be loaded", Assert.Single(LawFolder.Load(_folder.FullName).Problems).Text, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_no_YAML_does_not_stop_the_others()
    {
        Write("xx", Rule("XX-1"));
        Write("yy", "rules: [unclosed");

        var law = LawFolder.Load(_folder.FullName);

        Assert.Equal("XX-1", Assert.Single(law.Book.Rules).Id);
        Assert.EndsWith(Path.Combine("yy", "rules.yaml"), Assert.Single(law.Problems).File, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_rules_with_one_id_the_first_is_used_and_the_second_is_named_with_the_place_of_both()
    {
        Write("xx", Rule("XX-1") + Rule("XX-2", length: "10 hours"));
        Write("yy", Rule("XX-2", length: "20 hours") + Rule("XX-3"));

        var law = LawFolder.Load(_folder.FullName);

        Assert.Equal(["XX-1", "XX-2", "XX-3"], law.Book.Rules.Select(rule => rule.Id).Order());
        Assert.Equal(10, law.Book.Find("XX-2")!.Main.Length.Value);
        var problem = Assert.Single(law.Problems);
        Assert.EndsWith(Path.Combine("yy", "rules.yaml"), problem.File, StringComparison.Ordinal);
        Assert.Equal(3, problem.Line);
        Assert.Contains("duplicate id 'XX-2'", problem.Text, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("xx", "rules.yaml") + ":13", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("superseded_by")]
    [InlineData("replaced_by")]
    public void A_rule_that_names_another_which_is_not_there_is_left_out_with_a_hint(string key)
    {
        Write("xx", Rule("XX-LONG-1") + Rule("XX-2", more: $"{key}: XX-LONG-2"));

        var law = LawFolder.Load(_folder.FullName);

        Assert.Equal("XX-LONG-1", Assert.Single(law.Book.Rules).Id);
        Assert.Contains(
            "names rule 'XX-LONG-2', which is not there (did you mean 'XX-LONG-1'?)", Assert.Single(law.Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cutoff_before_a_rule_that_was_left_out_is_left_out_too_and_is_not_silently_dead()
    {
        Write("xx",
            Rule("XX-1")
            + Rule("XX-2", more: "superseded_by: XX-GONE")
            + Rule("XX-3", length: "12 cutoff_hours_before", more: "before: XX-2"));

        var law = LawFolder.Load(_folder.FullName);

        Assert.Equal("XX-1", Assert.Single(law.Book.Rules).Id);
        Assert.Contains(law.Problems, problem => problem.Text.Contains("the rule 'XX-2' is left out", StringComparison.Ordinal));
        Assert.Contains(law.Problems, problem => problem.Text.Contains("the rule 'XX-3' is left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_two_calendars_of_one_State_the_first_is_used_and_the_second_is_reported()
    {
        Write("xx", Rule("XX-1"));
        Write("xx", "{ jurisdiction: XX, weekend: [sunday], years: { 2024: } }", "calendar.yaml");
        Write("yy", "{ jurisdiction: XX, weekend: [friday], years: { 2025: } }", "calendar.yaml");

        var law = LawFolder.Load(_folder.FullName);

        Assert.Equal(2024, Assert.Single(Assert.Single(law.Book.Calendars).Years));
        Assert.Contains("'XX' has a calendar already", Assert.Single(law.Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_calendar_leaves_the_rules_of_its_State_and_nothing_is_moved()
    {
        Write("xx", Rule("XX-1", length: "10 calendar_days", counting: "PROC-D"));
        Write("xx", "{ jurisdiction: XX, weekend: [sunday], years: { 2024: { of: } } }", "calendar.yaml");

        var law = LawFolder.Load(_folder.FullName);

        Assert.Contains("unknown key 'of' (did you mean 'off'?)", Assert.Single(law.Problems).Text, StringComparison.Ordinal);
        var rule = Assert.Single(law.Book.Rules);
        Assert.Empty(law.Book.CalendarFor(rule, ShippedLaw.Zone("Europe/Warsaw")).Years);
    }

    [Fact]
    public void A_treaty_is_counted_with_the_calendar_of_the_State_where_it_happens_and_a_State_with_its_own_only()
    {
        var treaty = ShippedLaw.Book.Find("EU-APR-APPEAL")!;
        var kyrgyz = ShippedLaw.Book.Find("KG-REF-DECISION-6M")!;

        Assert.Equal("AT", ShippedLaw.Book.CalendarFor(treaty, ShippedLaw.Zone("Europe/Vienna")).Jurisdiction);
        Assert.Equal("PL", ShippedLaw.Book.CalendarFor(treaty, ShippedLaw.Zone("Europe/Warsaw")).Jurisdiction);
        Assert.Empty(ShippedLaw.Book.CalendarFor(treaty, ShippedLaw.Zone("Europe/Lisbon")).Years);
        Assert.Equal("KG", ShippedLaw.Book.CalendarFor(kyrgyz, ShippedLaw.Zone("Asia/Almaty")).Jurisdiction);
    }

    private void Write(string folder, string text, string name = "rules.yaml")
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, folder));
        var head = name == "rules.yaml" && text.StartsWith("  -", StringComparison.Ordinal)
            ? $"jurisdiction: {folder.ToUpperInvariant()}\nrules:\n"
            : "";
        File.WriteAllText(Path.Combine(_folder.FullName, folder, name), head + text);
    }

    private static string Rule(string id, string length = "48 hours", string counting = "H", string? more = null) => "  - " + string.Join(
        "\n    ",
        new[]
        {
            $"id: {id}", "trigger: an invented event", "starts: [detention_start]", $"length: {length}", $"counting: {counting}",
            "kind: release_due", "tier: A", "citation: an invented code", "seen: text", "confidence: high", more,
        }.OfType<string>()) + "\n";
}
