using AlertBot.Domain.Reports;

namespace AlertBot.Tests.Reports;

public class KindWordsTests
{
    [Theory]
    [InlineData("задержан милицией сегодня в 18:00", ReportKind.Arrested)]
    [InlineData("Соседа увели двое в штатском", ReportKind.TakenUnknown)]
    [InlineData("They took my brother from home", ReportKind.TakenUnknown)]
    [InlineData("Еки адам инимди үйинен алып кетти", ReportKind.TakenUnknown)]
    [InlineData("Ағамды полиция ұстады", ReportKind.Arrested)]
    [InlineData("Akamni ushlab ketishdi", ReportKind.Arrested)]
    [InlineData("у нас обыск", ReportKind.Searched)]
    [InlineData("пришла повестка", ReportKind.Summoned)]
    [InlineData("he was deported this morning", ReportKind.Deported)]
    public void What_happened_is_read_from_the_words(string text, ReportKind kind) => Assert.Equal(kind, KindWords.Read(text));

    // A machine's reading that somebody is free must not stand people down.
    [Theory]
    [InlineData("его отпустили")]
    [InlineData("he is home again")]
    [InlineData("")]
    public void Good_news_are_for_the_witness_to_say(string text) => Assert.Null(KindWords.Read(text));
}
