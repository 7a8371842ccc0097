using AlertBot.Workflows.People;

namespace AlertBot.Tests.People;

public sealed class WrittenNumberTests
{
    [Theory]
    [InlineData("+7 (701) 234-56-78", "+77012345678")]
    [InlineData("+7\u00A0701\u2011234\u201156 78", "+77012345678")]
    [InlineData("tel:+77012345678", "+77012345678")]
    [InlineData("＋７７０１２３４５６７８", "+77012345678")]
    [InlineData("+998 90 123 45 67", "+998901234567")]
    [InlineData("+44 (0)20 7946 0958", "+442079460958")]
    [InlineData("+39 06 1234 5678", "+390612345678")]
    public void A_number_is_kept_as_Signal_writes_it(string written, string kept) =>
        Assert.Equal((kept, NumberProblem.None), WrittenNumber.Read(written));

    [Theory]
    [InlineData("87012345678", NumberProblem.Country)]
    [InlineData("77012345678", NumberProblem.Country)]
    [InlineData("+7 701 234", NumberProblem.TooShort)]
    [InlineData("+7 701 234 56 78 90", NumberProblem.TooLong)]
    [InlineData("+7 701 234 56 78 ext. 5", NumberProblem.NoNumber)]
    [InlineData("call me", NumberProblem.NoNumber)]
    [InlineData("", NumberProblem.NoNumber)]
    public void What_is_wrong_with_a_number_is_known(string written, NumberProblem problem) =>
        Assert.Equal((null, problem), WrittenNumber.Read(written));
}
