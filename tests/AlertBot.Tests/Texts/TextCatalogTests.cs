using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Texts;

namespace AlertBot.Tests.Texts;

public sealed class TextCatalogTests
{
    [Fact]
    public void Keys_may_be_nested_or_written_with_dots()
    {
        var catalog = Catalogs.Of(("en", "a:\n  b:\n    c: one\n  d: two\na.e: three"));

        Assert.Equal(["one", "two", "three"], new[] { "a.b.c", "a.d", "a.e" }.Select(key => catalog.Plain("en", key)));
    }

    [Fact]
    public void What_a_language_lacks_is_said_in_English_with_English_plurals_and_reported()
    {
        var catalog = Catalogs.Of(("en", "days: \"{n, plural, one {# day} other {# days}}\"\nyes: Yes"), ("ru", "yes: Да"));

        Assert.Equal("21 days", catalog.Plain("ru", "days", ("n", 21)));
        Assert.Equal("Да", catalog.Plain("ru", "yes"));
        Assert.Equal("ru.yaml:1: 'days' is missing; until it is there, English is said", Assert.Single(catalog.Problems).ToString());
    }

    [Theory]
    [InlineData("days: \"{d} дней\"", "unknown placeholder '{d}' (did you mean 'n'?)")]
    [InlineData("days: \"{n} дней из {total}\"", "unknown placeholder '{total}'")]
    [InlineData("days: несколько дней", "'{n}' is missing")]
    [InlineData("days: \"{n, plural, one {# день} other {# дней}}\"", "needs the form 'few'")]
    [InlineData("days: \"{n, plural, one {# день} two {x} few {# дня} many {# дней} other {# дня}}\"", "'two' is no plural form")]
    [InlineData("days: \"*{n} дней\"", "'*' is missing")]
    [InlineData("days: \"{n, word, event}\"", "no key begins with 'event.'")]
    [InlineData("days:", "write the text")]
    [InlineData("days: [a, b]", "must be a single value")]
    public void A_translation_that_would_come_out_wrong_is_reported_with_its_line_and_English_said_instead(string line, string problem)
    {
        var catalog = Catalogs.Of(("en", "days: \"{n} days\"\nyes: Yes"), ("ru", "yes: Да\n" + line));

        Assert.Contains(
            catalog.Problems, found => found.File == "ru.yaml" && found.Line == 3 && found.Text.Contains(problem, StringComparison.Ordinal));
        Assert.Equal("3 days", catalog.Plain("ru", "days", ("n", 3)));
        Assert.Equal("Да", catalog.Plain("ru", "yes"));
    }

    [Fact]
    public void A_word_in_one_language_is_not_a_bare_code_in_another()
    {
        var catalog = Catalogs.Of(
            ("en", "it: \"{kind, word, event} {day, date, full}\"\nevent.release: release"),
            ("ru", "it: \"{kind} {day, date}\"\nevent.release: освобождение"));

        Assert.Contains("'{kind}' must be read as in English: '{kind, word, event}'", Assert.Single(catalog.Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_English_does_not_have_is_most_likely_misspelled()
    {
        var catalog = Catalogs.Of(("en", "welcome: Hello"), ("ru", "welcom: Здравствуйте"));

        Assert.Contains(
            catalog.Problems, found =>
                found.ToString() == "ru.yaml:2: unknown key 'welcom' (did you mean 'welcome'?): the English file has none of that name");
    }

    [Fact]
    public void A_key_that_stands_there_twice_counts_once()
    {
        var catalog = Catalogs.Of(("en", "a:\n  b: first\na.b: second"));

        Assert.Equal("en.yaml:4: 'a.b' is already at line 3; the first one is used", Assert.Single(catalog.Problems).ToString());
        Assert.Equal("first", catalog.Plain("en", "a.b"));
    }

    [Fact]
    public void A_file_that_is_no_YAML_takes_no_other_with_it()
    {
        var catalog = Catalogs.Of(("en", "yes: Yes"), ("ru", "yes: \"Да"), ("kk", "yes: Иә"));

        Assert.Equal("ru.yaml", Assert.Single(catalog.Problems).File);
        Assert.Equal("Yes", catalog.Plain("ru", "yes"));
        Assert.Equal("Иә", catalog.Plain("kk", "yes"));
    }

    [Fact]
    public void Without_a_good_English_file_the_others_still_speak()
    {
        var catalog = Catalogs.Of(("ru", "yes: Да"));

        Assert.Contains("there is no English file", Assert.Single(catalog.Problems).Text, StringComparison.Ordinal);
        Assert.Equal("Да", catalog.Plain("ru", "yes"));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_problem_and_no_exception()
    {
        var catalog = TextCatalog.Load(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()));

        Assert.Contains(catalog.Problems, problem => problem.Text.Contains("folder of texts is missing", StringComparison.Ordinal));
        Assert.Equal("any.key", catalog.Plain("en", "any.key"));
    }

    [Fact]
    public void A_file_named_after_no_language_is_a_problem()
    {
        var catalog = Catalogs.Of(("en", "yes: Yes"), ("russian language", "yes: Да"));

        Assert.Contains("'russian language' is no language", Assert.Single(catalog.Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_with_a_hole_in_it_is_better_than_no_alert_and_the_log_says_which_but_not_what()
    {
        using var log = new CollectedLogs();
        var catalog = TextCatalog.Read([("en.yaml", "language.name: English\nit: \"{code}: {day, date}\"")], [], "texts", log.CreateLogger("texts"));

        Assert.Equal("K-7F3Q: {day}", catalog.Plain("en", "it", ("code", "K-7F3Q")));
        Assert.Equal("no.such.key", catalog.Plain("en", "no.such.key"));
        Assert.Contains(log.Lines, line => line.Contains("The argument day of the text it was not given", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("no.such.key", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("K-7F3Q", StringComparison.Ordinal));
    }

    [Fact]
    public void Enums_and_codes_become_words_and_what_has_none_is_shown_as_it_is()
    {
        Assert.Equal("срок освобождения", Word(DeadlineKind.ReleaseDue));
        Assert.Equal("срок освобождения", Word("release_due"));
        Assert.Equal("Law Day", Word("Law Day"));

        static string Word(object kind) =>
            Catalogs.Shipped.Plain("ru", "alert.deadline-ended", ("code", "K-7F3Q"), ("kind", kind), ("state", DeadlineState.Met))
            .Split(": ")[1].Split(". ")[0];
    }

    [Fact]
    public void A_list_of_codes_becomes_a_list_of_words() =>
        Assert.Contains("Казахстан, договоры СНГ\n", Catalogs.Shipped.Plain(
            "ru", "case.header", ("code", "K-7F3Q"), ("status", CaseStatus.Watch),
            ("jurisdictions", new[] { "KZ", "CIS" }), ("held", "x")), StringComparison.Ordinal);

    [Fact]
    public void A_choice_is_made_by_the_code() =>
        Assert.Equal(["held", "free", "free"], new object[] { DeadlineKind.ReleaseDue, DeadlineKind.Watch, "" }
            .Select(kind => Catalogs.Say("{kind, select, release_due {held} other {free}}", ("kind", kind)).Plain));

    [Fact]
    public void A_step_of_the_arithmetic_is_said_with_its_facts() =>
        Assert.Equal(
            "Если день события считать первым, последний день — 25 марта 2025 г.",
            Catalogs.Shipped.Say("ru", Step.Of("law.step.first-day-counts", ("day", "2025-03-25"))).Plain);
}
