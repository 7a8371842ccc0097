using AlertBot.Domain.Places;

namespace AlertBot.Tests.Places;

public class CitiesTests
{
    [Theory]
    [InlineData("Astana", "KZ", "Asia/Almaty")]
    [InlineData("Астана", "KZ", "Asia/Almaty")]
    [InlineData("АЛМАТЫ", "KZ", "Asia/Almaty")]
    [InlineData("Olmaota", "KZ", "Asia/Almaty")]
    [InlineData("Nukus", "UZ", "Asia/Samarkand")]
    [InlineData("Нөкис", "UZ", "Asia/Samarkand")]
    [InlineData("Нөкіс", "UZ", "Asia/Samarkand")]
    [InlineData("Стамбул", "TR", "Europe/Istanbul")]
    public void A_city_is_known_in_every_language(string name, string country, string zone)
    {
        var city = Cities.Find(name);

        Assert.NotNull(city);
        Assert.Equal((country, zone), (city.Country, city.Zone));
    }

    [Theory]
    [InlineData("его увели в Астане вечером", "Astana")]
    [InlineData("Брат задержан, город Нукус", "Nukus")]
    [InlineData("Алматыда екі адам алып кетті", "Almaty")]
    [InlineData("Toshkentda ushlab ketishdi", "Tashkent")]
    [InlineData("in New York, at the airport", "New York")]
    public void A_city_is_read_from_a_sentence_with_its_endings(string text, string city) => Assert.Equal(city, Cities.FindIn(text)?.City.Name);

    [Theory]
    [InlineData("двое забрали моего брата из дома")]
    [InlineData("they took him")]
    [InlineData("")]
    public void Where_none_is_named_none_is_read(string text) => Assert.Null(Cities.FindIn(text));
}
