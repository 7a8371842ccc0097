using AlertBot.Domain.Channels;

namespace AlertBot.Tests.Sending;

/// <summary>What one message holds beside its text.</summary>
public sealed class MessageLimitTests
{
    private static readonly MessageLimits Limits = new(Styles: 3, Buttons: 2, ButtonBytes: 100);

    [Theory]
    [InlineData(3, 2, "Да", true)]
    [InlineData(4, 2, "Да", false)]
    [InlineData(3, 3, "", false)]
    [InlineData(3, 2, "Занимаюсь этим", false)]
    public void Styles_buttons_and_their_bytes_count(int styles, int buttons, string label, bool holds)
    {
        var text = RichText.Join(" ", Enumerable.Repeat(RichText.Of("word", TextStyle.Bold), styles));
        var rows = Enumerable.Range(0, buttons).Select(number => (IReadOnlyList<Choice>)[new Choice(label, $"take:{number}")]).ToList();

        Assert.Equal(holds, Limits.Hold(new OutgoingMessage(text, rows)));
    }
}
