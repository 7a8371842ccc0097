using AlertBot.Workflows.People;

namespace AlertBot.Tests.Talking;

public class InviteCodeTests
{
    [Fact]
    public void A_code_has_130_bits_and_fits_a_link()
    {
        var code = InviteCode.New();

        Assert.Matches("^[0-9a-hjkmnp-tv-z]{26}$", code);
        Assert.NotEqual(code, InviteCode.New());
    }

    [Fact]
    public void A_code_is_read_as_people_type_it()
    {
        var code = InviteCode.New().Replace('0', 'O').Replace('1', 'l').ToUpperInvariant();

        Assert.Equal(code.ToLowerInvariant().Replace('o', '0').Replace('l', '1'), InviteCode.Read($" {code[..13]} - {code[13..]} "));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("ууууууууууууууууууууууyyyy")]
    [InlineData("01234567890123456789012345678901234567890123456789")]
    public void Anything_else_is_no_code(string typed) => Assert.Null(InviteCode.Read(typed));
}
