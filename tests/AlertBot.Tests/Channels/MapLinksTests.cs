using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;

namespace AlertBot.Tests.Channels;

public sealed class MapLinksTests
{
    [Theory]
    [InlineData("https://maps.google.com/maps?q=42.4619%2C59.6166")]
    [InlineData("Here: https://www.google.com/maps/search/?api=1&query=42.4619,59.6166 come")]
    [InlineData("https://www.google.com/maps/@42.4619,59.6166,17z")]
    [InlineData("https://www.google.com/maps/place/Some+Place/@42.4619,59.6166,17z/data=!3m1")]
    [InlineData("https://maps.apple.com/?ll=42.4619,59.6166&q=Here")]
    [InlineData("https://www.openstreetmap.org/?mlat=42.4619&mlon=59.6166#map=17/1/2")]
    [InlineData("https://www.openstreetmap.org/#map=17/42.4619/59.6166")]
    [InlineData("https://yandex.com/maps/?ll=59.6166%2C42.4619&z=17")]
    [InlineData("https://yandex.uz/maps/?pt=59.6166,42.4619")]
    [InlineData("https://2gis.kz/almaty/geo/59.6166,42.4619")]
    [InlineData("https://2gis.kz/almaty/geo/9430047375000000/59.6166,42.4619")]
    [InlineData("https://2gis.kz/almaty?m=59.6166%2C42.4619%2F17")]
    [InlineData("geo:42.4619,59.6166?z=17")]
    [InlineData("https://example.org/ then https://maps.google.com/maps?q=42.4619,59.6166")]
    public void Links_of_the_maps_people_use_hold_a_place(string text) => Assert.Equal(new GeoPoint(42.4619, 59.6166), MapLinks.Find(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("42.4619,59.6166")]
    [InlineData("https://example.org/?q=42.4619,59.6166")]
    [InlineData("https://maps.google.com/maps?q=Nukus")]
    [InlineData("https://maps.app.goo.gl/AbCdEf")]
    [InlineData("https://maps.google.com/maps?q=142.4619,59.6166")]
    [InlineData("geo:,")]
    [InlineData("https://")]
    public void Anything_else_holds_none(string? text) => Assert.Null(MapLinks.Find(text));

    [Fact]
    public void The_south_and_the_west_are_negative() =>
        Assert.Equal(new GeoPoint(-33.5, -70.25), MapLinks.Find("https://maps.google.com/maps?q=-33.5,-70.25"));
}
