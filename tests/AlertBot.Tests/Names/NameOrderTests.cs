using AlertBot.Domain.Names;

namespace AlertBot.Tests.Names;

/// <summary>Who comes first if several persons are near, and how certain that is.</summary>
public sealed class NameOrderTests
{
    [Fact]
    public void Persons_whom_a_name_fits_equally_stand_by_the_alphabet_and_none_is_sure()
    {
        using var index = Registry("Saltanat Yermekova", "Gulnara Yermekova", "Aynur Yermekova");

        var found = index.Find("Ермекова");

        Assert.Equal([2, 1, 0], found.Select(match => match.Id));
        Assert.Single(found.Select(match => match.Score).Distinct());
        Assert.All(found, match => Assert.NotEqual(NameBand.Same, match.Band));
    }

    [Fact]
    public void The_order_of_registration_and_of_changes_says_nothing() => Property.ForAll(
        random => Enumerable.Range(0, 6).OrderBy(_ => random.Next()).ToArray(),
        order =>
        {
            string[] names = ["Saltanat Yermekova", "Gulnara Yermekova", "Гульнара Ермекова", "Aynur Ermekova", "Salima Yermekova", "Aynur Bekova"];
            using var index = new NameIndex<int>();

            foreach (var id in order)
                index.Add(id, names[id]);

            index.Remove(order[0]);
            index.Add(order[0], names[order[0]]);

            Assert.Equal([3, 1, 4, 0, 2], index.Find("Ermekova", 5).Select(match => match.Id));
            Assert.Equal([3, 1, 4, 0, 2], index.FindIn("Ermekova").Take(5).Select(match => match.Id));
        },
        runs: 50);

    [Theory]
    [InlineData("Гульнара Ермекова", "Гульнара Ермекова")]
    [InlineData("Gulnara Yermekova", "Gulnara Yermekova")]
    [InlineData("Гүлнара Ермекова", "Гүлнара Ермекова")]
    public void Of_equals_the_one_registered_as_written_comes_first(string written, string first)
    {
        string[] names = ["Gulnara Yermekova", "Гүлнара Ермекова", "Гульнара Ермекова"];
        using var index = Registry(names);

        Assert.Equal(first, names[index.Find(written)[0].Id]);
    }

    [Fact]
    public void Of_full_namesakes_the_one_registered_last_comes_first()
    {
        using var index = Registry("Gulnara Yermekova", "Gulnara Yermekova", "Gulnara Yermekova");

        Assert.Equal([2, 1, 0], index.Find("Гульнара Ермекова").Select(match => match.Id));
    }

    [Fact]
    public void How_sure_a_match_is_does_not_hang_on_how_many_are_asked_for()
    {
        using var index = Registry("Saltanat Yermekova", "Gulnara Yermekova", "Aynur Yermekova", "Salima Yermekova");

        Assert.Equal(index.Find("Ермекова", 4)[0].Score, index.Find("Ермекова", 1)[0].Score);
    }

    [Fact]
    public void Of_more_equals_than_are_looked_at_the_first_by_the_alphabet_are_kept()
    {
        using var index = Registry(Enumerable.Range(0, 200).Select(i => $"{(char)('B' + i % 20)}a{(char)('b' + i / 20)}mira Yermekova").ToArray());

        Assert.Equal([0, 20, 40], index.Find("Yermekova", 3).Select(match => match.Id));
    }

    [Fact]
    public void An_initial_says_nothing_about_which_of_two_names_it_is_be_one_rarer()
    {
        string[] others = [.. Enumerable.Range(0, 30).Select(i => $"Aybek B{(char)('a' + i % 26)}rimov")];
        using var index = Registry(["Aybek Yermekov", "Azamat Yermekov", .. others]);

        var found = index.Find("A. Yermekov");

        Assert.Equal([0, 1], found.Take(2).Select(match => match.Id));
        Assert.Equal(found[0].Score, found[1].Score);
    }

    [Theory]
    [InlineData("К. Ермеков", "Kalaubay Yermekov", "Qurman Ermekov")]
    [InlineData("Накысбекова", "Aynur Nakysbekova", "Salima Naqısbekova")]
    [InlineData("A. Abdigapparov", "Әсем Әбдиғаппаров", "Aybek Abdigapparov")]
    [InlineData("Naqısbekova", "Aynur Nakysbekova", "Salima Naqısbekova")]
    public void Letters_that_one_of_the_alphabets_lacks_make_no_difference(string written, params string[] registered)
    {
        using var index = Registry(registered);

        var found = index.Find(written);

        Assert.Equal([0, 1], found.Select(match => match.Id).Order());
        Assert.Equal(found[0].Score, found[1].Score);
    }

    [Fact]
    public void A_namesake_of_another_father_is_not_the_same_person()
    {
        using var index = Registry("Malbay Dosmukanovich Yermekov");

        Assert.Equal(NameBand.Same, index.Find("Малбай Ермеков")[0].Band);
        Assert.Equal(NameBand.Same, index.Find("Малбай Досмуканулы Ермеков")[0].Band);
        Assert.NotEqual(NameBand.Same, index.Find("Малбай Өмірғазыұлы Ермеков")[0].Band);
    }

    [Fact]
    public void A_slip_in_the_given_name_weighs_less_than_another_father()
    {
        using var index = Registry("Malbay Dosmukanovich Yermekov", "Mablay Ómirǵazı ulı Ermekov");

        Assert.Equal(1, index.Find("Малбай Өмірғазыұлы Ермеков")[0].Id);
    }

    [Fact]
    public void A_given_name_that_ends_like_a_patronymic_is_missed_where_there_is_no_other()
    {
        using var index = Registry("Kalaubay Yermekov", "Bekbauli Yermekov");

        var found = index.Find("Т. Ермеков");

        Assert.Equal([0, 1], found.Select(match => match.Id).Order());
        Assert.Equal(found[0].Score, found[1].Score);
    }

    [Fact]
    public void The_initial_Y_may_be_of_Yesbolat_but_not_of_Abdikozha()
    {
        using var index = Registry("Абдикожа Ермеков", "Есболат Ермеков");

        var found = index.Find("Y. Yermekov");

        Assert.Equal(1, found[0].Id);
        Assert.True(found[0].Score > 10 * found.Where(match => match.Id == 0).Sum(match => match.Score));
    }

    [Fact]
    public void A_long_word_that_is_somebodys_name_is_not_taken_apart()
    {
        using var index = Registry("Mırzabolatov Dildabek", "Mırza Bolatov", "Mırza Yermekov");

        Assert.Equal(0, index.Find("Myrzabolatov")[0].Id);
    }

    private static NameIndex<int> Registry(params string[] names)
    {
        var index = new NameIndex<int>();

        for (var id = 0; id < names.Length; id++)
            index.Add(id, names[id]);

        return index;
    }
}
