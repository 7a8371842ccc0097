using AlertBot.Workflows.Texts;

namespace AlertBot.Tests.Texts;

public class LanguageGuessTests
{
    [Theory]
    [InlineData("Еки адам инимди үйинен алып кетти! Алматы", "kaa-Cyrl")]
    [InlineData("Ҳәзир үйге кирди, билмеймен ким екенин, жәрдем бериң. Олар ўақытша", "kaa-Cyrl")]
    [InlineData("Екі адам інімді үйінен алып кетті", "kk")]
    [InlineData("Соседа увели двое в штатском", "ru")]
    [InlineData("Укамни олиб кетишди, ёрдам беринг, қўрқяпмиз", "uz-Cyrl")]
    [InlineData("Ukamni olib ketishdi, qayerga ekanini bilmaymiz", "uz")]
    [InlineData("Aeroportda ko'rdim, yonida ikki kishi", "uz")]
    [InlineData("Eki adam inimdi úyinen alıp ketti", "kaa")]
    [InlineData("Several men in civilian clothes took him", "en")]
    public void The_first_words_tell(string text, string language) => Assert.Equal(language, LanguageGuess.Of(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/start")]
    [InlineData("12")]
    [InlineData("👍")]
    [InlineData("مرحبا")]
    public void Where_nothing_tells_nothing_is_guessed(string? text) => Assert.Null(LanguageGuess.Of(text));
}
