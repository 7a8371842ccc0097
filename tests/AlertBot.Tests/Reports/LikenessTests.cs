using AlertBot.Domain.Reports;

namespace AlertBot.Tests.Reports;

public class LikenessTests
{
    [Theory]
    [InlineData("Two men in plain clothes took Testbay from his house", "Two men in plain cloths took Testbay from his house!")]
    [InlineData("Двое в штатском увели Марата из дома вечером", "Двое в штатском увели Ерлана из дома вечером")]
    [InlineData("Всех забрали! Спасите! Сообщение номер 7 о том", "Всех забрали! Спасите! Сообщение номер 8 о том")]
    public void A_letter_changed_or_another_name_is_no_other_text(string one, string other) => Assert.True(Likeness.AreAlike(one, other));

    [Theory]
    [InlineData("Two men in plain clothes took Testbay from his house", "I saw how they led Testbay into a white car near the market")]
    [InlineData("they took him", "they took her")]
    [InlineData("", "")]
    public void What_two_people_write_by_themselves_is(string one, string other) => Assert.False(Likeness.AreAlike(one, other));
}
