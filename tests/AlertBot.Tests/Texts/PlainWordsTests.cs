using System.Text.RegularExpressions;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Texts;

namespace AlertBot.Tests.Texts;

/// <summary>
/// What readers in fear took wrongly does not come back: a button where there are numbers, a lawyer who is none, a draft that sounds
/// as if it had gone out, two words for one thing.
/// </summary>
public sealed partial class PlainWordsTests
{
    /// <summary>What a language says no more, and what it says in its place.</summary>
    public static readonly TheoryData<string, string, string> Gone = new()
    {
        { "en", @"\b(anew|became of|good for nothing|hears? of nothing)\b", "again, happened with, no longer works, gets no messages" },
        { "ru", "[Уу]чётн", "аккаунт" },
        { "ru", @"(?<![Лл]ожная )\bтревог(?!а окончена)", "оповещение" },
        { "ru", @"(?<=\p{Ll},? )(Вы|Вас|Вам|Вами|Ваш\p{Ll}*)\b", "вы" },
        { "kk", "байланыс адам", "сенімді адам" },
        { "kk", "(?<![Жж]алған )[Дд]абыл(?! аяқталды)", "ескерту" },
        { "kk", "қоқан-лоқы", "қорқыту" },
        { "kk", @"\bсіз", "Сіз" },
        { "uz", "[Kk]oordinator", "muvofiqlashtiruvchi" },
        { "uz", "[Tt]aqvim", "kalendar" },
        { "uz", "[«»]", "“ ”" },
        { "uz", @"\bsiz(ga|da|dan|ni|ning|niki)?\b", "Siz" },
        { "kaa", @"\brol(i|iń|ińiz)\b", "wazıypa" },
        { "kaa", @"\bsiz(ge|de|den|di|diń|diki|iń|iki)?\b", "Siz" },
        { "kaa-Cyrl", @"\bрол(и|иң|иңиз)\b", "ўазыйпа" },
        { "kaa-Cyrl", @"\bсиз(ге|де|ден|ди|диң|дики|иң|ики)?\b", "Сиз" },
    };

    // On Signal a choice is a number. Pages in a browser have buttons, and computers have a mouse.
    private static readonly Dictionary<string, string> Button = new(StringComparer.Ordinal)
    {
        ["en"] = @"\b([Pp]ress(ed|ing)?|[Bb]uttons?)\b",
        ["ru"] = "[Кк]ноп|[Нн]ажми",
        ["kk"] = "[Тт]үйме|[Бб]асыңыз",
        ["uz"] = "[Tt]ugma|[Bb]osing",
        ["kaa"] = "[Tt]úyme|[Bb]asıń",
        ["kaa-Cyrl"] = "[Тт]үйме|[Бб]асың",
        ["uz-Cyrl"] = "[Тт]угма|[Бб]осинг",
    };

    // Words for a lawyer with a licence, and for the police and prosecutors ("law enforcement").
    private static readonly Dictionary<string, string> OtherThanAdvocate = new(StringComparer.Ordinal)
    {
        ["ru"] = "[Аа]двокат",
        ["kk"] = "[Аа]двокат|[Ққ]ұқық қорғау",
        ["uz"] = "[Aa]dvokat|[Hh]uquqni muhofaza",
        ["kaa"] = "[Aa]dvokat|[Hh]uqıq qorǵaw",
        ["kaa-Cyrl"] = "[Аа]двокат|[Ҳҳ]уқық қорғаў",
        ["uz-Cyrl"] = "[Аа]двокат|[Ҳҳ]уқуқни муҳофаза",
    };

    [Theory]
    [MemberData(nameof(CompleteTextsTests.Files), MemberType = typeof(CompleteTextsTests))]
    public void Signal_never_says_button(string language) => Assert.Empty(
        Catalogs.Shipped.TextsOf(language)
            .Where(text => !text.Key.StartsWith("desk.open", StringComparison.Ordinal) && text.Key != "captcha.how")
            .Where(text => Says(text.Value, Button[language]))
            .Select(text => text.Key));

    [Theory]
    [MemberData(nameof(Gone))]
    public void One_thing_has_one_word(string language, string gone, string instead) => Assert.Empty(
        Catalogs.Shipped.TextsOf(language).Where(text => Says(text.Value, gone)).Select(text => $"{text.Key}: say {instead}"));

    [Theory]
    [MemberData(nameof(CompleteTextsTests.Files), MemberType = typeof(CompleteTextsTests))]
    public void An_advocate_is_neither_called_a_lawyer_nor_the_police(string language)
    {
        var english = Catalogs.Shipped.TextsOf("en");
        var ofAdvocates = Catalogs.Shipped.TextsOf(language)
            .Where(text => Says(english[text.Key], "[Aa]dvocate") && !Says(english[text.Key], "lawyer")).ToList();

        Assert.Contains(ofAdvocates, text => text.Key == "role.advocate");
        Assert.All(ofAdvocates, text => Assert.False(Says(text.Value, OtherThanAdvocate.GetValueOrDefault(language, "lawyer")), text.Key));
    }

    // Whoever is in panic reads one word and stops there.
    [Theory]
    [MemberData(nameof(CompleteTextsTests.Files), MemberType = typeof(CompleteTextsTests))]
    public void What_is_kept_and_read_by_nobody_says_so_in_capitals(string language) =>
        Assert.Matches(@"\p{Lu}{3,}", Catalogs.Shipped.Plain(language, "report.first-kept"));

    [Theory]
    [InlineData("report.offer", "report.this")]
    [InlineData("triage.answer-later", "button.answer")]
    [InlineData("checkin.ask-stop-open", "checkin.well")]
    [InlineData("checkin.begun", "checkin.add-contact")]
    [InlineData("key.has-check-in", "checkin.well")]
    [InlineData("ack.is-yours", "ack.hand")]
    [InlineData("ack.more-words", "button.details")]
    [InlineData("discreet.is-on", "discreet.show")]
    [InlineData("discreet.is-on", "discreet.line")]
    [InlineData("event.ask-known", "button.skip")]
    [InlineData("event.ask-served", "button.skip")]
    [InlineData("event.ask-set-for", "button.skip")]
    [InlineData("event.ask-document-until", "button.skip")]
    [InlineData("event.ask-order-until", "button.skip")]
    [InlineData("event.ask-appeal-until", "button.skip")]
    [InlineData("event.ask-place", "button.skip")]
    [InlineData("event.ask-source", "button.skip")]
    [InlineData("event.ask-note", "button.skip")]
    public void A_text_that_names_a_choice_names_it_as_it_stands_there(string key, string label) => Assert.All(
        Catalogs.Shipped.Languages,
        language => Assert.Contains(
            Catalogs.Shipped.Plain(language.Code, label).TrimEnd('.'),
            Words(Catalogs.Shipped.TextsOf(language.Code)[key]), StringComparison.Ordinal));

    // Telegram shows 200 characters above the chat and throws the rest away.
    [Fact]
    public void A_notice_is_short_enough_to_be_shown()
    {
        var notices = Directory.EnumerateFiles(Path.Combine(ShippedLaw.Root, "src", "AlertBot.Workflows"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Notice().Matches(File.ReadAllText(file))).Select(match => match.Groups["key"].Value).Distinct().ToList();

        Assert.Contains("button.stale", notices);
        Assert.All(
            notices.SelectMany(_ => Catalogs.Shipped.Languages, (key, language) => (key, language.Code)),
            notice => Assert.InRange(Catalogs.Shipped.Plain(notice.Code, notice.key).Length, 1, 180));
    }

    private static bool Says(Template text, string pattern) => Regex.IsMatch(Words(text), pattern);

    /// <summary>All that a text can say, each form and choice included.</summary>
    private static string Words(Template text) => string.Concat(text.Parts.Select(part => part switch
    {
        Part.Words words => words.Text,
        Part.Styled styled => Words(styled.Inside),
        Part.Link link => Words(link.Label),
        Part.Select select => string.Join('\n', select.Options.Values.Select(Words)),
        Part.Plural plural => string.Join('\n', plural.Exact.Values.Concat(plural.Forms.Values).Append(plural.Past).OfType<Template>().Select(Words)),
        _ => "",
    }));

    [GeneratedRegex("""\bNotice\(\s*(?:[\w.]+ \? )?"(?<key>[a-z.-]+)""")]
    private static partial Regex Notice();
}
