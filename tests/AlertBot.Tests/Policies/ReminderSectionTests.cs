using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Policies;

namespace AlertBot.Tests.Policies;

/// <summary>The reminders in <c>policies.yaml</c>: the shipped ones, and the results of mistakes.</summary>
public sealed class ReminderSectionTests
{
    private const string Good = """
        reminders:
          appeal_due:
            hours:  [at once, -3h]
            days:   [at once, half-way, -1d]
            weeks:  [-7d, same day 08:00]
            months: [-30d, ask +1d, ask every 7d, overdue]
          watch: [ask every 30d]
          default: [-2d, ask +1h, overdue]
        """;

    private static readonly Limit Weeks = ShippedLaw.Limit("KZ-PROV-40D", ShippedLaw.At("2024-03-26"));

    [Fact]
    public void The_shipped_file_has_no_mistake_and_a_ladder_for_every_kind_and_length()
    {
        var file = SectionFile.Of(ReminderSection.Read, File.ReadAllText(Path.Combine(ShippedLaw.Root, "config", "policies.yaml")));

        Assert.Empty(file.Problems);
        Assert.All(Enum.GetValues<DeadlineKind>(), kind => Assert.NotEmpty(file.Policy.For(kind, Weeks).Rungs));
    }

    // One question is easily missed, and nobody else asks about what is ours to do.
    [Theory]
    [InlineData(DeadlineKind.ApplicationDue)]
    [InlineData(DeadlineKind.AppealDue)]
    [InlineData(DeadlineKind.DocumentExpires)]
    public void What_the_person_or_the_lawyer_must_do_is_asked_about_twice(DeadlineKind kind)
    {
        var file = SectionFile.Of(ReminderSection.Read, File.ReadAllText(Path.Combine(ShippedLaw.Root, "config", "policies.yaml")));

        Assert.All(
            new[] { "KZ-DET-72H", "KZ-REF-APPLY-5D", "KZ-PROV-40D", "KZ-EXTR-12M" },
            rule => Assert.Equal(
                2, file.Policy.For(kind, ShippedLaw.Limit(rule, ShippedLaw.At("2024-03-26"))).Rungs.Count(rung => rung.Kind == RungKind.Ask)));
    }

    [Fact]
    public void A_good_file_gives_each_kind_its_ladder_and_the_others_the_default()
    {
        var file = SectionFile.Of(ReminderSection.Read, Good);

        Assert.Empty(file.Problems);
        Assert.Equal(["-7d", "same day 08:00"], Names(file, DeadlineKind.AppealDue));
        Assert.Equal(["ask every 30d"], Names(file, DeadlineKind.Watch));
        Assert.Equal(["-2d", "ask +1h", "overdue"], Names(file, DeadlineKind.ReleaseDue));
    }

    [Theory]
    [InlineData("  appeal_due:", "  apeal_due:", 2, "unknown kind of deadline 'apeal_due' (did you mean 'appeal_due'?)")]
    [InlineData("    weeks: ", "    week: ", 5, "unknown key 'week' (did you mean 'weeks'?)")]
    [InlineData("    weeks:  [-7d, same day 08:00]\n", "", 2, "'appeal_due' has no ladder for limits of weeks")]
    [InlineData("-7d, same day 08:00", "-7days", 5, "'-7days' is no reminder: write -7d")]
    [InlineData("-7d, same day 08:00", "-0d", 5, "'-0d' is no reminder")]
    [InlineData("-7d, same day 08:00", "same day 25:00", 5, "'same day 25:00' is no reminder")]
    [InlineData("-7d, same day 08:00", "ask every 0d", 5, "'ask every 0d' is no reminder")]
    [InlineData("-7d, same day 08:00", "-7d, -7d", 5, "'-7d' stands twice")]
    [InlineData("    weeks:  [-7d, same day 08:00]", "    weeks:  { a: b }", 5, "'weeks' must be a list of values")]
    [InlineData("    weeks:  [-7d, same day 08:00]", "    weeks:  []", 5, "'weeks' has no reminder")]
    [InlineData("    weeks:  [-7d, same day 08:00]", "    weeks:", 5, "'weeks' has no reminder")]
    public void A_mistake_is_named_with_its_line_and_that_kind_falls_back_to_the_default(string right, string wrong, long line, string text)
    {
        var file = SectionFile.Of(ReminderSection.Read, Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(
            file.Problems, problem => problem.File == "policies.yaml" && problem.Line == line && problem.Text.Contains(
                text, StringComparison.Ordinal));
        Assert.Equal(["-2d", "ask +1h", "overdue"], Names(file, DeadlineKind.AppealDue));
        Assert.Equal(["ask every 30d"], Names(file, DeadlineKind.Watch));
    }

    [Theory]
    [InlineData("escalation: {}", "the section 'reminders' is missing")]
    [InlineData("reminders:\n  watch: [ask every 30d]", "'default' is missing")]
    [InlineData("reminders:\n  default: [soon]", "'soon' is no reminder")]
    [InlineData("reminders:\n  default: 7", "must be a list of reminders, or a mapping")]
    public void Without_a_usable_default_there_is_still_a_plain_ladder_with_a_question_and_overdue(string text, string problem)
    {
        var file = SectionFile.Of(ReminderSection.Read, text);

        Assert.Contains(file.Problems, each => each.Text.Contains(problem, StringComparison.Ordinal));
        Assert.Contains(file.Policy.For(DeadlineKind.ReleaseDue, Weeks).Rungs, rung => rung.Kind == RungKind.Before);
        Assert.Contains(file.Policy.For(DeadlineKind.ReleaseDue, Weeks).Rungs, rung => rung.Kind == RungKind.Overdue);
    }

    private static IEnumerable<string> Names(SectionFile<ReminderPolicy> file, DeadlineKind kind) =>
        file.Policy.For(kind, Weeks).Rungs.Select(rung => rung.Name);
}
