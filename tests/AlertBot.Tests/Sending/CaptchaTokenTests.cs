using AlertBot.Workflows.Messengers;

namespace AlertBot.Tests.Sending;

public sealed class CaptchaTokenTests
{
    [Theory]
    [InlineData("signalcaptcha://signal-hcaptcha.5fad.challenge.P1_x")]
    [InlineData(" SignalCaptcha://signal-hcaptcha.5fad.challenge.P1_x ")]
    [InlineData("signal-hcaptcha.5fad.challenge.P1_x")]
    [InlineData("<signalcaptcha://signal-hcaptcha.5fad.challenge.P1_x>")]
    public void A_token_is_read_however_it_was_copied(string typed) => Assert.Equal(
        "signal-hcaptcha.5fad.challenge.P1_x", AnswerChallenge.TokenIn(typed));

    [Theory]
    [InlineData("")]
    [InlineData("signalcaptcha://")]
    [InlineData("1")]
    [InlineData("They took him at the market this morning")]
    [InlineData("signal-hcaptcha.5fad.challenge и ещё")]
    public void Anything_else_is_none(string typed) => Assert.Null(AnswerChallenge.TokenIn(typed));
}
