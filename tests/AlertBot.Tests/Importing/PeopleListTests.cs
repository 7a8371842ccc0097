using AlertBot.Workflows.Importing;

namespace AlertBot.Tests.Importing;

public sealed class PeopleListTests
{
    [Theory]
    [InlineData("role,channel,address\nadvocate,telegram,1\nadvocate,telegram,2\n")]
    [InlineData("role,channel,address\radvocate,telegram,1\radvocate,telegram,2")]
    [InlineData("\uFEFFrole,channel,address\r\nadvocate,telegram,1\r\nadvocate,telegram,2\r\n")]
    [InlineData("role;channel;address\nadvocate;telegram;1\nadvocate;telegram;2")]
    [InlineData("Role\tchannel\taddress\nadvocate\ttelegram\t1\nadvocate\ttelegram\t2")]
    public void A_list_is_read_however_its_program_writes_it(string text)
    {
        var lines = PeopleList.Read(text);

        Assert.Equal([2, 3], lines.Select(line => line.Number));
        Assert.All(lines, line => Assert.Equal(["advocate", "telegram", (line.Number - 1).ToString()], line.Fields));
    }

    [Fact]
    public void Lines_keep_their_numbers_past_empty_ones_and_quoted_breaks()
    {
        var lines = PeopleList.Read(
            "\n\nadvocate,telegram,1\n,,\n\n\"two\nlines\",signal,\"say \"\"yes\"\"\"\nadvocate,telegram,2,en,K-7F3Q;K-8H4R\n");

        Assert.Equal([3, 6, 8], lines.Select(line => line.Number));
        Assert.Equal("two\nlines", lines[1].Fields[0]);
        Assert.Equal("say \"yes\"", lines[1].Fields[2]);
        Assert.Equal("K-7F3Q;K-8H4R", lines[2].Fields[4]);
    }

    [Fact]
    public void A_separator_in_quotes_does_not_pass_for_that_of_the_file() =>
        Assert.Equal(["advocate; owner", "telegram", "1"], PeopleList.Read("\"advocate; owner\",telegram,1")[0].Fields);

    [Fact]
    public void A_quotation_mark_in_the_wrong_place_does_not_swallow_the_lines_after_it()
    {
        var lines = PeopleList.Read("advo\"cate,telegram,1\nadvocate,telegram,2\n");

        Assert.Equal(2, lines.Count);
        Assert.Equal("2", lines[1].Fields[2]);
    }
}
