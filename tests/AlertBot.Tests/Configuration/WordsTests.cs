using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Tests.Configuration;

public sealed class WordsTests
{
    [Theory]
    [InlineData("advocate", Role.Advocate)]
    [InlineData(" Owner ", Role.Owner)]
    public void A_name_is_read_whatever_its_case(string word, Role role) => Assert.Equal(role, Words.Read<Role>(word));

    // .NET's own reader would make an owner of the second and the third: 1 | 2 is 3.
    [Theory]
    [InlineData("3")]
    [InlineData("advocate, coordinator")]
    [InlineData("advocate,coordinator")]
    [InlineData("9")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("")]
    [InlineData(null)]
    public void A_number_or_a_list_is_no_name(string? word) => Assert.Null(Words.Read<Role>(word));

    [Fact]
    public void The_names_are_listed_as_they_are_written() =>
        Assert.Equal("telegram or signal", Words.Either(Words.Of<ChannelKind>()));
}
