using System.Text;

namespace AlertBot.Benchmarks.Names;

/// <summary>
/// Writes the sounds of a name as an alphabet or a romanization does, by tables made for the benchmark alone: what the engine reads is not undone by
/// the table that it reads with. Sources: BGN/PCGN 1979, ICAO Doc 9303, ALA-LC, Duden, PN-83/N-01201, the alphabets of the languages.
/// </summary>
internal static class WaysOfWriting
{
    private const string Sounds = "a A e i y o O u U w b p d t g G k q h s z Z S C c m n N l r f v j";

    private static readonly Dictionary<string, string[]> Ways = new()
    {
        ["kk"] = Letters("а ә е і ы о ө ұ ү у б п д т г ғ к қ х с з ж ш ч ц м н ң л р ф в й"),
        ["kaa"] = Letters("а ә е и ы о ө у ү ў б п д т г ғ к қ х с з ж ш ч ц м н ң л р ф в й"),
        ["uz"] = Letters("а а е и и о ў у у в б п д т г ғ к қ ҳ с з ж ш ч ц м н нг л р ф в й"),
        ["ru"] = Letters("а а е и ы о о у у у б п д т г г к к х с з ж ш ч ц м н н л р ф в й"),
        ["ru-old"] = Letters("а а е и и о у у ю в б п д т г г к к х с з дж ш ч ц м н нг л р ф в й"),
        ["kaa-latin"] = Letters("a á e i ı o ó u ú w b p d t g ǵ k q x s z j sh ch c m n ń l r f v y"),
        ["uz-latin"] = Letters("a a e i i o oʻ u u v b p d t g gʻ k q h s z j sh ch ts m n ng l r f v y"),
        ["kk-latin"] = Letters("a ä e i y o ö ū ü u b p d t g ğ k q h s z j ş ch ts m n ñ l r f v i"),
        ["bgn"] = Letters("a a e i y o o u u u b p d t g gh k q kh s z zh sh ch ts m n ng l r f v y"),
        ["icao"] = Letters("a a e i y o o u u u b p d t g g k k kh s z zh sh ch ts m n n l r f v i"),
        ["ala"] = Letters("a ă e i y o ȯ u u̇ u b p d t g gh k q kh s z zh sh ch ts m n ng l r f v ĭ"),
        ["tr"] = Letters("a e e i ı o ö u ü v b p d t g ğ k k h s z c ş ç ts m n n l r f v y"),
        ["az"] = Letters("a ə e i ı o ö u ü v b p d t g ğ k q x s z c ş ç ts m n n l r f v y"),
        ["de"] = Letters("a ä e i y o ö u ü u b p d t g g k k ch s s sch sch tsch z m n ng l r f w j"),
        ["fr"] = Letters("a a e i y o eu ou u ou b p d t g g k k kh s z dj ch tch ts m n n l r f v ï"),
        ["pl"] = Letters("a a e i y o o u u u b p d t g g k k ch s z ż sz cz c m n n l r f w j"),
        ["press"] = Letters("a a e i i o o u u u b p d t g g k k h s z j sh ch ts m n n l r f v y"),
    };

    private static readonly string[] Everywhere = ["ru", "ru-old", "bgn", "icao", "ala", "tr", "az", "de", "fr", "pl", "press"];

    public static bool IsCyrillic(string way) => way is "kk" or "kaa" or "uz" or "ru" or "ru-old";

    /// <summary>The ways in which a name of the language is met: its own alphabets as often as everybody else's.</summary>
    public static string[] Of(string language) => language switch
    {
        "kk" => [.. Everywhere, "kk", "kk", "kk", "kk-latin", "kk-latin"],
        "kaa" => [.. Everywhere, "kaa", "kaa", "kaa", "kaa-latin", "kaa-latin"],
        "uz" => [.. Everywhere, "uz", "uz", "uz-latin", "uz-latin", "uz-latin"],
        _ => Everywhere,
    };

    /// <summary>A name of one or more words, given in the engine's sounds.</summary>
    public static string Write(string sounds, string way) =>
        string.Join(' ', sounds.Split(' ').Select(word => Capital(Word(word, way))));

    private static string Word(string sounds, string way)
    {
        var written = new StringBuilder();

        for (var i = 0; i < sounds.Length; i++)
        {
            var beforeVowel = i + 1 < sounds.Length && IsVowel(sounds[i + 1]);
            var afterVowel = i > 0 && IsVowel(sounds[i - 1]);

            if (sounds[i] is 'i' && (afterVowel || (i == 0 && beforeVowel)))
                written.Append(Ways[way][^1]);
            else if (sounds[i] == 'e' && way is "bgn" && (i == 0 || afterVowel))
                written.Append("ye");
            else
                written.Append(Ways[way][Place(sounds[i])]);
        }

        return IsCyrillic(way)
            ? written.Replace("йа", "я").Replace("йу", "ю").Replace("йо", "ё").Replace("йе", "е").ToString()
            : written.ToString();
    }

    private static int Place(char sound) => Math.Max(0, Sounds.IndexOf(sound switch { 'J' => 'Z', 'X' => 'C', 'W' => 'w', var same => same })) / 2;

    private static bool IsVowel(char sound) => "aAeyoOuU".Contains(sound);

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static string[] Letters(string table) => table.Split(' ');
}
