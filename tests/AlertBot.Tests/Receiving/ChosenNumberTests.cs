using AlertBot.Workflows.Chat;

namespace AlertBot.Tests.Receiving;

/// <summary>A choice written as a number, as people and their keypads write it.</summary>
public class ChosenNumberTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData(" 2. ", 2)]
    [InlineData("3)", 3)]
    [InlineData("(4)", 4)]
    [InlineData("#5", 5)]
    [InlineData("12", 12)]
    [InlineData("2️⃣", 2)]
    [InlineData("٣", 3)]
    [InlineData("３", 3)]
    public void A_number_is_read(string written, int number) => Assert.Equal(number, ChosenByWords.NumberOf(written));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("123")]
    [InlineData("1 of them")]
    [InlineData("12.03")]
    [InlineData("-1")]
    [InlineData("half past 2")]
    public void Anything_else_is_said_and_not_chosen(string? written) => Assert.Null(ChosenByWords.NumberOf(written));
}
