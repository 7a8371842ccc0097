using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Policies;
using NodaTime;

namespace AlertBot.Tests.Policies;

/// <summary>The section <c>incidents</c> of <c>policies.yaml</c>: the shipped one, and the results of mistakes.</summary>
public sealed class IncidentSectionTests
{
    private const string Good = """
        incidents:
          draft_silence: 30s
          gather_within: 2d
          tell_fully_after: 45m
          independent_reporters: 3
          grave: [deported, summoned]
          steps: [coordinators, on_call]
          next_step_after: 2m
          repeat_every: 4m
          still_on_it_after: 2h
          open_again_after: 10m
          other_channel_after: 20s
          hand_over: friday 18:30
          hand_over_zone: Europe/Warsaw
        """;

    [Fact]
    public void A_good_file_gives_every_field()
    {
        var file = SectionFile.Of(IncidentSection.Read, Good);

        Assert.Empty(file.Problems);
        Assert.Equal(
            new IncidentPolicy
            {
                DraftSilence = Duration.FromSeconds(30),
                GatherWithin = Duration.FromDays(2),
                TellFullyAfter = Duration.FromMinutes(45),
                IndependentReporters = 3,
                NextStepAfter = Duration.FromMinutes(2),
                RepeatEvery = Duration.FromMinutes(4),
                StillOnItAfter = Duration.FromHours(2),
                OpenAgainAfter = Duration.FromMinutes(10),
                OtherChannelAfter = Duration.FromSeconds(20),
                HandOverDay = IsoDayOfWeek.Friday,
                HandOverAt = new LocalTime(18, 30),
                HandOverZone = DateTimeZoneProviders.Tzdb["Europe/Warsaw"],
                Steps = [],
                Grave = Empty,
            },
            file.Policy with { Steps = [], Grave = Empty });
        Assert.Equal([EscalationStep.Coordinators, EscalationStep.OnCall], file.Policy.Steps);
        Assert.Equal([ReportKind.Deported, ReportKind.Summoned], file.Policy.Grave.Order());
    }

    [Theory]
    [InlineData("repeat_every: 4m", "repeat_evry: 4m", 9, "unknown key 'repeat_evry' (did you mean 'repeat_every'?)")]
    [InlineData("repeat_every: 4m", "repeat_every: 4 minutes", 9, "'4 minutes' is no length of time for 'repeat_every': write 30s")]
    [InlineData("repeat_every: 4m", "repeat_every: 0m", 9, "'0m' is no length of time")]
    [InlineData("repeat_every: 4m", "repeat_every: -4m", 9, "'-4m' is no length of time")]
    [InlineData("repeat_every: 4m", "repeat_every: m", 9, "'m' is no length of time")]
    [InlineData("repeat_every: 4m", "repeat_every: 99d", 9, "'99d' is no length of time")]
    [InlineData("repeat_every: 4m", "repeat_every: [4m]", 9, "'repeat_every' must be a single value")]
    [InlineData("reporters: 3", "reporters: none", 5, "'none' is no number of people")]
    [InlineData("[coordinators, on_call]", "[coordinators, oncall]", 7, "unknown step 'oncall' (did you mean 'on_call'?)")]
    [InlineData("[coordinators, on_call]", "[on_call, on_call]", 7, "'on_call' stands twice")]
    [InlineData("[coordinators, on_call]", "[]", 7, "'steps' is empty")]
    [InlineData("[deported, summoned]", "[deported, sumoned]", 6, "unknown kind of report 'sumoned' (did you mean 'summoned'?)")]
    [InlineData("friday 18:30", "fryday 18:30", 13, "'fryday 18:30' is no weekly hand-over")]
    [InlineData("friday 18:30", "5 18:30", 13, "'5 18:30' is no weekly hand-over")]
    [InlineData("Europe/Warsaw", "Europe/Warsow", 14, "unknown time zone 'Europe/Warsow' (did you mean 'Europe/Warsaw'?)")]
    public void A_mistake_is_named_with_its_line_and_that_value_is_as_usual(string right, string wrong, long line, string text)
    {
        var file = SectionFile.Of(IncidentSection.Read, Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(file.Problems, problem => problem.Line == line && problem.Text.Contains(text, StringComparison.Ordinal));
        Assert.Equal(Duration.FromMinutes(2), file.Policy.NextStepAfter);
        Assert.True(
            file.Policy.RepeatEvery == (right.StartsWith("repeat", StringComparison.Ordinal)
                ? IncidentPolicy.Usual.RepeatEvery
                : Duration.FromMinutes(4)));
        Assert.NotEmpty(file.Policy.Steps);
        Assert.NotEmpty(file.Policy.Grave);
    }

    [Theory]
    [InlineData("reminders: {}", "the section 'incidents' is missing")]
    [InlineData("incidents: 5", "must be a mapping")]
    public void Without_the_section_all_is_as_usual_and_somebody_is_told(string text, string problem)
    {
        var file = SectionFile.Of(IncidentSection.Read, text);

        Assert.Contains(file.Problems, each => each.Text.Contains(problem, StringComparison.Ordinal));
        Assert.Equal(IncidentPolicy.Usual, file.Policy);
    }

    private static readonly IReadOnlySet<ReportKind> Empty = new HashSet<ReportKind>();
}
