using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// Texts that are plainly no report: a greeting, thanks, a question about the bot. A text with any other word counts as a message, and a cry for help
/// is a report.
/// </summary>
public static class SmallTalk
{
    private const int MostWords = 6;

    private static readonly HashSet<string> Phrases = new(StringComparer.Ordinal)
    {
        // Greetings.
        "hello", "hi", "hey", "good morning", "good day", "good evening", "hello there", "start", "menu",
        "привет", "здравствуйте", "здравствуй", "добрый день", "добрый вечер", "доброе утро", "доброй ночи", "салам", "ассалам алейкум",
        "ассаламу алейкум", "старт", "начать", "меню",
        "сәлем", "сәлеметсіз бе", "сәлеметсіздер ме", "ассалаумағалейкум", "қайырлы күн", "қайырлы кеш", "қайырлы таң",
        "салем", "ассалаўма әлейкум", "сәлем бердик", "сәламатсыз ба",
        "salom", "assalomu alaykum", "assalom", "salom alaykum", "xayrli kun", "xayrli kech",
        "sálem", "assalawma áleykum", "salem", "sálematsız ba",
        // Thanks and confirmations.
        "thanks", "thank you", "thank you very much", "many thanks", "ok", "okay", "understood", "got it", "good", "bye", "goodbye",
        "спасибо", "большое спасибо", "спасибо большое", "благодарю", "спс", "ок", "окей", "понял", "поняла", "понятно", "хорошо", "ясно",
        "до свидания", "пока",
        "рахмет", "рақмет", "көп рахмет", "көп рақмет", "үлкен рахмет", "жақсы", "түсінікті", "түсіндім", "сау болыңыз", "сау болың", "түсиникли",
        "rahmat", "katta rahmat", "raxmat", "yaxshi", "tushunarli", "tushundim", "xayr",
        "raxmet", "kóp raxmet", "raqmet", "jaqsı", "túsinikli",
        // About the bot.
        "help", "info", "test", "who are you", "what is this", "what can you do", "how does this work", "how do you work", "is anybody there",
        "помощь", "справка", "инфо", "тест", "кто ты", "кто вы", "что это", "что ты умеешь", "что вы умеете", "как это работает",
        "как вы работаете", "как ты работаешь", "вы тут", "есть кто",
        "анықтама", "бұл не", "сен кімсің", "сіз кімсіз", "қалай жұмыс істейді", "бул не", "сиз кимсиз", "қалай ислейди",
        "yordam nima", "bu nima", "siz kimsiz", "sen kimsan", "qanday ishlaydi", "bul ne", "siz kimsiz", "qalay isleydi",
    };

    /// <summary>Whether the text is small talk and nothing else.</summary>
    public static bool Is(string? text)
    {
        if (HelpWords.AreCried(text))
            return false;

        var words = (text ?? "").ToLowerInvariant().Split([.. " \t\r\n.,;:!?()«»\"“”'’…👋🙏👍❤😊🙂"], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Any(char.IsLetterOrDigit)).ToList();
        return words.Count is > 0 and <= MostWords && IsMadeOf(words, 0);
    }

    // "Hello, who are you? Thanks!" consists of three of them.
    private static bool IsMadeOf(List<string> words, int from)
    {
        if (from == words.Count)
            return true;
        for (var end = words.Count; end > from; end--)
        {
            if (Phrases.Contains(string.Join(' ', words[from..end])) && IsMadeOf(words, end))
                return true;
        }

        return false;
    }
}
