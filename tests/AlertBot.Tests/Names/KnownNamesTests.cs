using AlertBot.Domain.Names;

namespace AlertBot.Tests.Names;

public sealed class KnownNamesTests
{
    private static readonly string[] Languages =
        ["kk", "kaa", "uz", "ky", "tg", "tm", "tr", "az", "fa", "ar", "ug", "tt", "cau", "ru", "uk", "en", "de", "pl"];

    [Fact]
    public void The_list_has_thousands_of_names_in_every_language_of_the_region_and_none_twice()
    {
        var listed = KnownNames.Listed().ToList();

        Assert.True(listed.Count > 5_000);
        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.Equal(Languages.Order(), listed.Select(name => name.Language).Distinct().Order());
        Assert.All(listed, name => Assert.Contains(name.Use, new[] { "m", "f", "family", "part" }));
    }

    [Fact]
    public void No_listed_name_mixes_alphabets() => Assert.All(KnownNames.Listed(), listed =>
    {
        var clean = Letters.Clean(listed.Name);
        Assert.False(clean.Any(Letters.IsCyrillic) && clean.Any(Letters.IsLatin), listed.Name);
    });

    [Theory]
    [InlineData("Ерлан")]
    [InlineData("Yerlan")]
    [InlineData("Erlanov")]
    [InlineData("Жусупова")]
    [InlineData("Jusipov")]
    [InlineData("Shyngys")]
    [InlineData("Azimbaev")]
    [InlineData("Қошқарбай")]
    [InlineData("Ivanova")]
    public void A_name_is_known_in_any_spelling_and_with_any_ending(string written) => Assert.True(Nearest(written) < KnownNames.SameName);

    [Theory]
    [InlineData("Ерлвн")]
    [InlineData("Shymgysd")]
    [InlineData("Alisjer")]
    public void A_slip_makes_no_name(string written) => Assert.True(Nearest(written) >= KnownNames.SameName);

    [Theory]
    [InlineData("Tolgansary", "Tolgqnsary")]
    [InlineData("Бердымбет", "Брдмбт")]
    [InlineData("Nurmergen", "Nurmrgeen")]
    [InlineData("Ombergenov", "Ombrrgenov")]
    public void A_name_off_the_list_sounds_more_like_one_than_with_a_slip_in_it(string name, string slip)
    {
        Assert.DoesNotContain(name, KnownNames.Listed().Select(listed => listed.Name));
        Assert.True(Likeness(name) > Likeness(slip) + 1, $"{Likeness(name):0.0} {Likeness(slip):0.0}");
    }

    [Fact]
    public void Every_listed_name_is_known_as_it_stands() => Assert.All(
        KnownNames.Listed().Where(name => name.Use != "part" && name.Name.Length > 3),
        name => Assert.True(Nearest(name.Name) < KnownNames.SameName, name.Name));

    [Fact]
    public void A_name_left_out_is_not_known()
    {
        var known = new KnownNames(name => name is "Данияр");

        Assert.True(known.Nearest(NameParser.Parse("Данияр")[0], new Scratch(), 1) > 0);
        Assert.Equal(0, KnownNames.All.Nearest(NameParser.Parse("Данияр")[0], new Scratch(), 1));
    }

    private static float Likeness(string written) => KnownNames.All.Likeness.Of(Sounds.Plain(NameParser.Parse(written)[0].Sounds));

    private static float Nearest(string written) => KnownNames.All.Nearest(NameParser.Parse(written)[0], new Scratch(), 1);
}
