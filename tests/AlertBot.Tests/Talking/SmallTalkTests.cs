using AlertBot.Workflows.Reports;

namespace AlertBot.Tests.Talking;

public class SmallTalkTests
{
    [Theory]
    [InlineData("Hello!")]
    [InlineData("Спасибо большое 🙏")]
    [InlineData("Рахмет")]
    [InlineData("Привет, кто ты?")]
    [InlineData("help")]
    [InlineData("помощь")]
    [InlineData("ok")]
    public void Greetings_thanks_and_questions_about_the_bot_are_no_report(string text) => Assert.True(SmallTalk.Is(text));

    // In doubt it is a report.
    [Theory]
    [InlineData("помогите")]
    [InlineData("help me")]
    [InlineData("Привет, забрали брата")]
    [InlineData("спасибо, его увезли")]
    [InlineData("Марат")]
    [InlineData("🆘")]
    [InlineData("")]
    public void Whoever_says_more_is_heard(string text) => Assert.False(SmallTalk.Is(text));
}
