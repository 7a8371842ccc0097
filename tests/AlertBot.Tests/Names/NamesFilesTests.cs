using AlertBot.Workflows.Names;

namespace AlertBot.Tests.Names;

public sealed class NamesFilesTests
{
    [Fact]
    public void Queries_are_ranked_in_the_format_of_the_scorer()
    {
        using var registry = new StringReader("canonical_id\tcanonical_name\nA\tGulnara Orazova\nB\tSaltanat Bekova\nB\tСалтанат Бекқызы\n");
        using var queries = new StringReader("query_id\tquery\tcanonical_id\nq1\tГульнара Оразова\tA\nq2\tzzz\tNONE\n");
        using var predictions = new StringWriter();

        var answered = NamesFiles.Rank(registry, queries, predictions);

        var lines = predictions.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, answered);
        Assert.StartsWith("q1\tA=0.", lines[0], StringComparison.Ordinal);
        Assert.Equal("q2", lines[1]);
    }

    [Fact]
    public void A_broken_line_is_told_by_its_number_and_not_by_its_text()
    {
        using var registry = new StringReader("canonical_id\tcanonical_name\nGulnara Orazova\n");

        var problem = Assert.Throws<FormatException>(() => NamesFiles.ReadRegistry(registry));

        Assert.Contains("Line 2", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Gulnara", problem.Message, StringComparison.Ordinal);
    }
}
