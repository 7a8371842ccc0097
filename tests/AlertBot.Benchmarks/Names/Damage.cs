using System.Text;

namespace AlertBot.Benchmarks.Names;

/// <summary>What happens to a name between a mouth and a screen. None of it is taken from the development set.</summary>
internal sealed class Damage(Random random)
{
    private static readonly string[] Keys =
        ["qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"];

    private static readonly (string Read, string As)[] LookAlikes =
    [
        ("rn", "m"), ("m", "rn"), ("l", "i"), ("i", "l"), ("e", "c"), ("c", "e"),
        ("h", "b"), ("u", "v"), ("n", "u"), ("y", "v"), ("g", "q"), ("a", "o"),
        ("t", "f"), ("d", "cl"), ("и", "н"), ("н", "и"), ("п", "н"), ("л", "п"),
        ("ш", "щ"), ("о", "с"), ("е", "с"), ("қ", "к"), ("ғ", "г"), ("ң", "н"),
        ("ы", "ьі"), ("ж", "к"), ("й", "и"), ("б", "6"), ("з", "3"), ("o", "0"), ("о", "0"), ("l", "1"), ("s", "5"), ("ұ", "у"), ("ө", "е"),
    ];

    private static readonly (string Said, string Heard)[] Alike =
    [
        ("b", "p"), ("p", "b"), ("d", "t"), ("t", "d"), ("g", "k"), ("k", "g"), ("z", "s"),
        ("v", "f"), ("o", "a"), ("a", "o"), ("u", "o"), ("o", "u"), ("e", "i"),
        ("i", "e"), ("kh", "h"), ("zh", "sh"), ("q", "k"), ("y", "i"), ("б", "п"),
        ("д", "т"), ("т", "д"), ("г", "к"), ("к", "г"), ("з", "с"), ("ж", "ш"),
        ("о", "а"), ("а", "о"), ("у", "о"), ("е", "и"), ("и", "е"), ("ы", "и"), ("х", "к"), ("қ", "х"), ("ғ", "х"), ("в", "ф"), ("н", "м"),
    ];

    public string Keyboard(string text, int slips)
    {
        for (; slips > 0; slips--)
            text = AtLetter(text, (letters, at) => letters[at] = Neighbour(letters[at]));

        return text;
    }

    /// <summary>A thumb on a small screen: a letter doubled, left out, or before its time.</summary>
    public string Thumb(string text) => AtLetter(text, (letters, at) =>
    {
        switch (random.Next(4))
        {
            case 0: letters.Insert(at, letters[at]); break;
            case 1 when at + 1 < letters.Length && char.IsLetter(letters[at + 1]):
                (letters[at], letters[at + 1]) = (letters[at + 1], letters[at]);
                break;
            case 2: letters.Insert(at, Neighbour(letters[at])); break;
            default: letters.Remove(at, 1); break;
        }
    });

    public string Scanned(string text) => Replaced(text, LookAlikes, 1 + random.Next(2));

    public string Heard(string text) => Replaced(text, Alike, 2 + random.Next(2));

    public string WithoutVowels(string text)
    {
        for (var left = 2; left > 0; left--)
        {
            var vowels = Enumerable.Range(1, Math.Max(0, text.Length - 1)).Where(i => "aeiouyáúóıаеиоуыәөұүіэ".Contains(text[i])).ToList();

            if (vowels.Count > 2)
                text = text.Remove(vowels[random.Next(vowels.Count)], 1);
        }

        return text;
    }

    public string Heavy(string text)
    {
        for (var left = 3 + random.Next(2); left > 0; left--)
        {
            text = random.Next(5) switch
            {
                0 => Keyboard(text, 1),
                1 => Replaced(text, Alike, 1),
                2 => Replaced(text, LookAlikes[..31], 1),
                _ => Thumb(text),
            };
        }

        return text;
    }

    public string LetterCase(string text) => random.Next(4) switch
    {
        0 => text.ToUpperInvariant(),
        1 => text.ToLowerInvariant(),
        _ => text,
    };

    private string AtLetter(string text, Action<StringBuilder, int> change)
    {
        var places = Enumerable.Range(0, text.Length).Where(i => char.IsLetter(text[i])).ToList();

        if (places.Count < 4)
            return text;

        var letters = new StringBuilder(text);
        change(letters, places[random.Next(places.Count)]);
        return letters.ToString();
    }

    private string Replaced(string text, (string From, string To)[] pairs, int times)
    {
        for (; times > 0; times--)
        {
            var places = pairs.SelectMany(pair => Places(text, pair.From).Select(at => (at, pair))).ToList();

            if (places.Count == 0)
                return text;

            var (place, (from, to)) = places[random.Next(places.Count)];
            text = text[..place] + to + text[(place + from.Length)..];
        }

        return text;
    }

    private static IEnumerable<int> Places(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = text.IndexOf(part, at + 1, StringComparison.OrdinalIgnoreCase))
            yield return at;
    }

    private char Neighbour(char letter)
    {
        foreach (var row in Keys)
        {
            var at = row.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);

            if (at >= 0)
                return row[at == 0 ? 1 : at == row.Length - 1 || random.Next(2) == 0 ? at - 1 : at + 1];
        }

        return letter;
    }
}
