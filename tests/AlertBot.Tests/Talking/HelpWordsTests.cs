using AlertBot.Workflows.Chat;

namespace AlertBot.Tests.Talking;

public class HelpWordsTests
{
    [Theory]
    [InlineData("help")]
    [InlineData(" Help? ")]
    [InlineData("помощь")]
    [InlineData("Көмек")]
    [InlineData("yordam")]
    [InlineData("??")]
    public void Bare_words_ask_for_help(string text) => Assert.True(HelpWords.Are(text));

    [Theory]
    [InlineData("help!")]
    [InlineData("HELP")]
    [InlineData("help me")]
    [InlineData("помогите")]
    [InlineData("көмек керек")]
    [InlineData("")]
    [InlineData(null)]
    public void A_cry_and_whatever_says_more_do_not(string? text) => Assert.False(HelpWords.Are(text));
}
