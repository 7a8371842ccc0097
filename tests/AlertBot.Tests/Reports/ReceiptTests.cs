using AlertBot.Domain.Reports;

namespace AlertBot.Tests.Reports;

public class ReceiptTests
{
    [Fact]
    public void A_receipt_is_read_as_it_is_shown_and_as_people_type_it()
    {
        var receipt = Receipt.New();
        var shown = receipt.Reveal();

        Assert.Matches(@"^\d{4} \d{4} \d{4} \d{4}$", shown);
        foreach (var typed in new[] { shown, shown.Replace(" ", ""), shown.Replace(' ', '-'), $" {shown}\n" })
        {
            Assert.True(Receipt.TryParse(typed, out var read));
            Assert.Equal(receipt, read);
        }
    }

    [Theory]
    [InlineData("4539 1488 0343 6467", true)]
    [InlineData("4539 1488 0343 6468", false)]
    [InlineData("4539 1488 0343 646", false)]
    [InlineData("4539 1488 0343 6467 1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a4539 1488 0343 6467", false)]
    public void A_slip_is_no_receipt(string? typed, bool isGood) => Assert.Equal(isGood, Receipt.TryParse(typed, out _));

    [Fact]
    public void Every_single_wrong_digit_is_noticed()
    {
        var digits = Receipt.New().Digits;
        for (var at = 0; at < digits.Length; at++)
        {
            var wrong = digits[..at] + (char)('0' + ((digits[at] - '0' + 1) % 10)) + digits[(at + 1)..];
            Assert.False(Receipt.TryParse(wrong, out _));
        }
    }

    [Fact]
    public void A_receipt_prints_as_a_mask() => Assert.Equal("(receipt)", Receipt.New().ToString());
}
