using System.Text.RegularExpressions;

namespace AlertBot.Tests;

/// <summary>
/// <c>docs/unheard.md</c> says for each way to make a true report unheard who hears it all the same, and which test shows it. A promise whose
/// test has gone is none.
/// </summary>
public sealed partial class UnheardTests
{
    private static readonly string Page = SourceFile.All.Single(file => file.Path == "docs/unheard.md").Text;

    private static readonly IReadOnlyList<string> Rows =
        Page.Split('\n').Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal)).ToList();

    [Fact]
    public void Every_test_that_it_names_is_there()
    {
        var classes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in SourceFile.Code("tests/"))
            classes[Path.GetFileNameWithoutExtension(file.Path)] = file.Text;
        var missing = Named().Where(name => name.Split('.') switch
        {
            [var one] => !classes.ContainsKey(one) && !classes.Values.Any(text => IsTestOf(text, one)),
            [var of, var test] => !classes.TryGetValue(of, out var text) || !IsTestOf(text, test),
            _ => true,
        });

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_row_names_a_test() =>
        Assert.DoesNotContain(
            Rows, row => !IsHead(row) && !Quoted().IsMatch(row.Split('|')[^2]) && row.Split('|')[^2].Trim() != "the same");

    [Theory]
    [InlineData("| stranger ")]
    [InlineData("| two strangers ")]
    [InlineData("| sixty strangers ")]
    [InlineData("| fifteen hundred strangers ")]
    [InlineData("### Advocate")]
    [InlineData("### Suspended phone")]
    [InlineData("### Coordinator")]
    [InlineData("### Whoever holds the phone of a person at risk")]
    public void It_thinks_of(string whom) => Assert.Contains(whom, Page, StringComparison.Ordinal);

    // The last column of each row; a test is named by itself or with its class before it.
    private static IEnumerable<string> Named() => Rows.Where(row => !IsHead(row)).SelectMany(
        row => Quoted().Matches(row.Split('|')[^2]).Select(match => match.Groups[1].Value)).Distinct();

    private static bool IsHead(string row) => row.EndsWith("| test |", StringComparison.Ordinal);

    private static bool IsTestOf(string text, string name) => Regex.IsMatch(text, $@"public (async Task|Task|void) {Regex.Escape(name)}\(");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
