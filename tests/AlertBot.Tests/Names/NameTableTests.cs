using AlertBot.Domain.Names;

namespace AlertBot.Tests.Names;

public sealed class NameTableTests
{
    [Fact]
    public void Every_table_names_its_source()
    {
        var assembly = typeof(NameIndex<>).Assembly;
        var tables = assembly.GetManifestResourceNames().Where(name => name.StartsWith("Names/", StringComparison.Ordinal)).ToList();

        Assert.True(tables.Count >= 12);
        Assert.All(tables, table =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(table)!);
            var head = reader.ReadToEnd().Split('\n').TakeWhile(line => line.StartsWith('#'));
            Assert.Contains(head, line => line.Contains("Source", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Every_row_that_gives_a_source_code_gives_one_that_its_head_explains()
    {
        foreach (var table in new[] { "letters-latin.tsv", "letters-cyrillic.tsv", "endings.tsv", "confusions.tsv", "particles.tsv", "elements.tsv" })
        {
            using var reader = new StreamReader(typeof(NameIndex<>).Assembly.GetManifestResourceStream($"Names/{table}")!);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var head = string.Join(' ', lines.Where(line => line[0] == '#'));

            Assert.All(lines.Where(line => line[0] != '#'), line => Assert.Contains(line.Split('\t')[^1], head, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Жүсіпов", "ZUsipov")]
    [InlineData("Zhussipov", "Zusipov")]
    [InlineData("Yessenov", "esenov")]
    [InlineData("Bayev", "baev")]
    [InlineData("Wospan", "ospan")]
    [InlineData("Дәўлет", "dAwlet")]
    [InlineData("Ўрал", "Oral")]
    public void Letters_become_sounds(string written, string sounds) =>
        Assert.Equal(sounds, Sounds.Of(Letters.Clean(written)));

    [Fact]
    public void The_cost_between_two_words_is_a_distance() =>
        Property.ForAll(
            random => (Word(random), Word(random)),
            words =>
            {
                var there = SoundCosts.Between(words.Item1, words.Item2);

                Assert.Equal(there, SoundCosts.Between(words.Item2, words.Item1), 3);
                Assert.Equal(0, SoundCosts.Between(words.Item1, words.Item1));
                Assert.True(there > 0 || words.Item1 == words.Item2);
            });

    // CA5394: dice of a test.
#pragma warning disable CA5394
    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, 1 + random.Next(10)).Select(_ => "aAeiyoOuUwbpdtgGkqhzsZSCcmnNlrfvJXD"[random.Next(35)]));
#pragma warning restore CA5394
}
