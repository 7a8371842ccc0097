using AlertBot.Domain.Channels;

namespace AlertBot.Tests.Channels;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("\u200B\u2800\u202E\uFEFF")]
    [InlineData("\u3164\u115F\u00AD\u2060\uFE0F")]
    [InlineData("\u0301\U000E0020")]
    public void What_is_drawn_as_nothing_is_blank(string text) => Assert.True(VisibleText.IsBlank(text));

    [Theory]
    [InlineData("a\u200B")]
    [InlineData("\u202Eشكرا")]
    [InlineData("👍")]
    [InlineData(".")]
    public void What_shows_anything_is_not(string text) => Assert.False(VisibleText.IsBlank(text));
}
