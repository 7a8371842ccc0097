using System.Text;
using AlertBot.Domain.Names;

namespace AlertBot.Tests.Names;

public sealed class NameIndexTests
{
    [Fact]
    public void A_person_is_found_under_every_registered_spelling()
    {
        using var index = new NameIndex<int>();
        index.Add(1, "Gulnara Orazova", "Гулнар Ермекова");

        Assert.Equal(1, index.Find("Гульнара Оразова")[0].Id);
        Assert.Equal(1, index.Find("Gulnar Yermekova")[0].Id);
        Assert.Single(index.Find("Gulnar Yermekova"));
        Assert.Equal(1, index.Count);
    }

    [Fact]
    public void Adding_again_replaces_the_spellings()
    {
        using var index = new NameIndex<int>();
        index.Add(1, "Gulnara Orazova");
        index.Add(1, "Saltanat Bekova");

        Assert.Empty(index.Find("Gulnara Orazova"));
        Assert.Equal(1, index.Find("Saltanat Bekova")[0].Id);
    }

    [Fact]
    public void A_person_who_was_removed_is_not_found()
    {
        using var index = new NameIndex<int>();
        index.Add(1, "Gulnara Orazova");

        Assert.True(index.Remove(1));
        Assert.False(index.Remove(1));
        Assert.Empty(index.Find("Gulnara Orazova"));
        Assert.Equal(0, index.Count);
    }

    [Theory]
    [InlineData("Саша Ермеков")]
    [InlineData("Sasha Yermekov")]
    [InlineData("Сашу Ермекова")]
    public void A_short_form_is_taken_for_the_full_name(string written)
    {
        using var index = new NameIndex<int>();
        index.Add(1, "Александр Ермеков");
        index.Add(2, "Серик Ермеков");

        Assert.Equal((1, NameBand.Same), (index.Find(written)[0].Id, index.Find(written)[0].Band));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("12345 !!!")]
    [InlineData("\u200B\u202E")]
    [InlineData("👮🚔")]
    public void Text_without_letters_names_nobody(string text)
    {
        using var index = new NameIndex<int>();
        index.Add(1, "Gulnara Orazova");
        index.Add(2, text);

        Assert.Empty(index.Find(text));
        Assert.Empty(index.FindIn(text));
    }

    [Fact]
    public void No_text_breaks_the_engine_and_scores_are_chances_in_order()
    {
        using var index = new NameIndex<int>();

        Property.ForAll(AnyText, text =>
        {
            index.Add(text.Length % 50, text, "Gulnara Orazova");
            var found = index.Find(text);

            Assert.All(found, match => Assert.InRange(match.Score, 0, 1));
            Assert.Equal(found.Select(match => match.Score).OrderDescending(), found.Select(match => match.Score));
            Assert.Equal(found.Count, found.Select(match => match.Id).Distinct().Count());
            Assert.True(NameExtractor.Candidates(text).Count <= NameExtractor.MostCandidates);
        });
    }

    [Fact]
    public void A_name_finds_itself_in_whatever_order_and_letter_case() =>
        Property.ForAll(AnyName, name =>
        {
            using var index = new NameIndex<int>();
            index.Add(1, name);
            index.Add(2, "Gulnara Orazova");
            var turned = string.Join(", ", name.Split(' ').Reverse());

            Assert.Equal(1, index.Find(name)[0].Id);
            Assert.Equal(1, index.Find(turned)[0].Id);
            Assert.Equal(1, index.Find(name.ToUpperInvariant())[0].Id);
        }, runs: 500);

    [Fact]
    public void Many_may_ask_while_names_change()
    {
        using var index = new NameIndex<int>();
        index.Add(0, "Gulnara Orazova");

        Parallel.For(0, 2_000, i =>
        {
            if (i % 5 == 0)
                index.Add(1 + i % 7, $"Saltanat {new string((char)('a' + i % 20), 3)}ova");
            else
                Assert.Equal(0, index.Find("Гульнара Оразова")[0].Id);
        });
    }

    // CA5394: dice of a test.
#pragma warning disable CA5394
    private static string AnyText(Random random)
    {
        var text = new StringBuilder();

        for (var length = random.Next(120); text.Length < length;)
        {
            switch (random.Next(5))
            {
                case 0: text.Append((char)random.Next(char.MaxValue + 1)); break;
                case 1: text.Append(char.ConvertFromUtf32(0x10000 + random.Next(0x100000))); break;
                case 2: text.Append(" .,-'ʻ\u200B\u202E\t\n"[random.Next(10)]); break;
                case 3: text.Append((char)('\u0400' + random.Next(0x130))); break;
                default: text.Append((char)('a' + random.Next(26))); break;
            }
        }

        return text.ToString();
    }

    private static string AnyName(Random random)
    {
        string[] first = ["Aman", "Nur", "Orın", "Kenje", "Бек", "Сапар", "Жақсы", "Oʻroz", "Әбді", "Tang"];
        string[] last = ["bay", "bek", "жан", "murat", "гүл", "nazar", "қул"];
        string Word() => first[random.Next(first.Length)] + last[random.Next(last.Length)];
        return $"{Word()} {Word()}{(random.Next(2) == 0 ? "ov" : "ева")}";
    }
#pragma warning restore CA5394
}
