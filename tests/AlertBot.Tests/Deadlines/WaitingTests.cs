using AlertBot.Domain.Cases;
using NodaTime;

namespace AlertBot.Tests.Deadlines;

/// <summary>Which question fits a case of which nothing is heard.</summary>
public sealed class WaitingTests
{
    [Fact]
    public void Whoever_is_held_is_asked_after_as_held() =>
        Assert.Equal(Waiting.Held, QuietCase.WaitsFor(Case.In("KZ").With("detention_start", "2026-03-01T10:00").File));

    [Fact]
    public void After_a_transfer_the_question_is_where_the_person_is_though_an_application_is_open() =>
        Assert.Equal(
            Waiting.Returned,
            QuietCase.WaitsFor(Case.In("AT", "PL").With("asylum_application", "2026-01-01").With("transfer_done", "2026-03-01").File));

    [Fact]
    public void An_application_without_a_decision_waits_for_it_and_with_one_for_news()
    {
        var asked = Case.In("KZ").With("asylum_application", "2026-01-01");

        Assert.Equal(Waiting.Decision, QuietCase.WaitsFor(asked.File));
        Assert.Equal(Waiting.News, QuietCase.WaitsFor(asked.With("asylum_granted", "2026-03-01").File));
    }

    [Fact]
    public void A_court_above_the_States_that_has_not_answered_is_asked_about() =>
        Assert.Equal(Waiting.Court, QuietCase.WaitsFor(Case.In("PL").With("application_filed", "2026-01-01").File));

    [Theory]
    [InlineData("2026-03-01T00:30", "2026-03-31T09:00")]
    [InlineData("2026-03-01T23:30", "2026-03-31T09:00")]
    public void It_is_asked_in_the_morning_of_the_thirtieth_day(string heard, string asked)
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Almaty"];
        var pattern = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
        Instant At(string text) => zone.AtStrictly(pattern.Parse(text).Value).ToInstant();

        Assert.Equal(At(asked), QuietCase.AskAt(zone, At(heard)));
    }
}
