using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace AlertBot.Workflows.Texts;

/// <summary>
/// Uzbek in the Cyrillic alphabet, which those who went to school before 1995 read best. It is spelled letter by letter from the Latin
/// file, so that the two never say different things; a file <c>uz-Cyrl.yaml</c>, where there is one, is taken instead.
/// </summary>
internal static partial class UzbekCyrillic
{
    public const string Code = "uz-Cyrl";
    public const string Latin = "uz";

    private static readonly (string Latin, string Cyrillic)[] Letters =
    [
        ("oʻ", "ў"), ("gʻ", "ғ"), ("sh", "ш"), ("ch", "ч"), ("yoʻ", "йў"), ("yo", "ё"), ("yu", "ю"), ("ya", "я"), ("ye", "е"),
        ("a", "а"), ("b", "б"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "ҳ"), ("i", "и"), ("j", "ж"), ("k", "к"), ("l", "л"),
        ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "қ"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("x", "х"),
        ("y", "й"), ("z", "з"), ("ʼ", "ъ"),
    ];

    // The Latin alphabet dropped the soft sign and the letter ц of words that came by way of Russian.
    private static readonly FrozenDictionary<string, string> Whole = new Dictionary<string, string>
    {
        ["yanvar"] = "январь",
        ["fevral"] = "февраль",
        ["aprel"] = "апрель",
        ["iyun"] = "июнь",
        ["iyul"] = "июль",
        ["sentabr"] = "сентябрь",
        ["oktabr"] = "октябрь",
        ["noyabr"] = "ноябрь",
        ["dekabr"] = "декабрь",
        ["rol"] = "роль",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (string Latin, string Cyrillic)[] Stems =
    [
        ("kompyuter", "компьютер"), ("konvensiya", "конвенция"), ("novokuznetsk", "новокузнецк"), ("protsess", "процесс"), ("troitsa", "троица"),
        ("ulyanovsk", "ульяновск"),
    ];

    public static string Of(string latin) =>
        Token().Replace(latin, token => token.Groups["word"] is { Success: true, Value: var word } ? Word(word) : token.Value);

    public static IReadOnlyDictionary<string, Template> Of(IReadOnlyDictionary<string, Template> latin) =>
        latin.ToDictionary(text => text.Key, text => Of(text.Value), StringComparer.Ordinal);

    private static Template Of(Template latin) => new(latin.Parts.Select(Of).ToList());

    // What stands as code is to be sent to the bot as it is.
    private static Part Of(Part part) => part switch
    {
        Part.Words words => new Part.Words(Of(words.Text)),
        Part.Styled { Style: not Domain.Channels.TextStyle.Code } styled => styled with { Inside = Of(styled.Inside) },
        Part.Link link => link with { Label = Of(link.Label) },
        Part.Select select => select with { Options = select.Options.ToDictionary(option => option.Key, option => Of(option.Value)) },
        Part.Plural plural => plural with
        {
            Exact = plural.Exact.ToDictionary(form => form.Key, form => Of(form.Value)),
            Past = plural.Past is { } past ? Of(past) : null,
            Forms = plural.Forms.ToDictionary(form => form.Key, form => Of(form.Value)),
        },
        _ => part,
    };

    private static string Word(string latin)
    {
        if (Foreign().Match(latin) is { Success: true, Value: var name })
            return latin.Length == name.Length ? latin : $"{name}-{Word(latin[name.Length..])}";

        var lower = latin.ToLowerInvariant();
        if (Whole.GetValueOrDefault(lower) is { } whole)
            return InCaseOf(latin, whole);

        var (stem, cyrillic) = Stems.FirstOrDefault(pair => lower.StartsWith(pair.Latin, StringComparison.Ordinal), (Latin: "", Cyrillic: ""));
        var word = new StringBuilder(cyrillic);
        for (var at = stem.Length; at < lower.Length;)
        {
            var (taken, letter) = LetterAt(lower, at);
            word.Append(letter);
            at += taken;
        }

        return InCaseOf(latin, word.ToString());
    }

    private static (int Taken, string Letter) LetterAt(string word, int at)
    {
        var rest = word.AsSpan(at);
        if (rest.StartsWith("tsiya", StringComparison.Ordinal))
            return (2, "ц");
        // A bare е is read "ye" at the beginning of a word and after a vowel.
        if (rest[0] == 'e' && (at == 0 || "aeiou".Contains(word[at - 1], StringComparison.Ordinal)))
            return (1, "э");
        foreach (var (latin, cyrillic) in Letters)
        {
            // In "yoʻq" the y stands alone.
            if (rest.StartsWith(latin, StringComparison.Ordinal) && !(latin == "yo" && rest.Length > 2 && rest[2] == 'ʻ'))
                return (latin.Length, cyrillic);
        }

        return (1, rest[..1].ToString());
    }

    private static string InCaseOf(string latin, string cyrillic) =>
        latin.Length > 1 && latin.Where(char.IsLower).All(letter => letter is 'ʻ' or 'ʼ') && char.IsUpper(latin[0]) ? cyrillic.ToUpperInvariant()
        : char.IsUpper(latin[0]) ? char.ToUpperInvariant(cyrillic[0]) + cyrillic[1..]
        : cyrillic;

    // Addresses, commands with what is sent along, codes, lengths of time as they are typed, and words of a foreign page stay.
    [GeneratedRegex("""\S*://\S*|(?<!\w)/[a-z]+(?: (?:end|advocates|all)\b)?|\b\w+/\w+\b|"[^"]*"|\b[A-Z]-\w*\d\w*|\b\w*\d\w*\b|(?<word>\p{L}+)""")]
    private static partial Regex Token();

    // Names, which may take an ending, and what a law, a jurisdiction, a column or a line of a file is typed as.
    [GeneratedRegex("^(Telegram|Signal|AlertBot|Eurodac|Excel|iCalendar)|^(UTC|AVG|AT|CIS|COE|DE|ECHR|EU|KG|KZ|PL|RU|TR|UN|UZ|VCCR)$"
        + "|^(CSV|UTF|ics|uuid|names|zone|laws|BEGIN|VCALENDAR)$")]
    private static partial Regex Foreign();
}
