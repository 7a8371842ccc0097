using AlertBot.Domain.Names;

namespace AlertBot.Tests.Names;

public sealed class NameExtractorTests
{
    [Theory]
    [InlineData("кеше түнде Қуанышбай Төлегеновты алып кетті")]
    [InlineData("Кеше түнде Қуанышбай Төлегеновтың үйінде тінту болды")]
    [InlineData("Вчера ночью полиция забрала Куанышбая Толегенова из дома!")]
    [InlineData("ночью забрали куанышбая толегенова срочно нужен адвокат")]
    [InlineData("Police took Kuanyshbay Tolegenov from his home last night.")]
    [InlineData("police took kuanyshbay tolegenov from his home")]
    [InlineData("Kecha tunda Quanishboy Toʻlegenovni olib ketishdi")]
    [InlineData("Keshe túnde Quanıshbay Tólegenovtı alıp ketti, járdem kerek")]
    [InlineData("Пропал человек: Толегенов К., Нукус")]
    public void A_registered_person_is_found_in_a_message(string message)
    {
        using var index = new NameIndex<int>();
        index.Add(1, "Қуанышбай Төлегенов");
        index.Add(2, "Сәуле Ерменова");
        index.Add(3, "Orazbay Qudaybergenov");

        var first = index.FindIn(message)[0];

        Assert.Equal((1, NameBand.Same), (first.Id, first.Band));
    }

    [Theory]
    [InlineData("Вчера ночью полиция была в нашем доме")]
    [InlineData("please help us, the police are here")]
    [InlineData("кеше түнде полиция келді")]
    public void A_message_without_a_name_means_nobody(string message)
    {
        using var index = new NameIndex<int>();
        index.Add(1, "Қуанышбай Төлегенов");

        Assert.DoesNotContain(index.FindIn(message), match => match.Band != NameBand.No);
    }

    [Fact]
    public void Two_persons_in_one_message_are_both_found()
    {
        using var index = new NameIndex<int>();
        index.Add(1, "Қуанышбай Төлегенов");
        index.Add(2, "Сәуле Ерменова");

        var found = index.FindIn("Забрали Куанышбая Толегенова и Сауле Ерменову").Where(match => match.Band == NameBand.Same);

        Assert.Equal([1, 2], found.Select(match => match.Id).Order());
    }
}
