using System.Text;

namespace AlertBot.Benchmarks.Names;

/// <summary>Any number of invented names like those registered, misspelled ones, and noise.</summary>
internal static class InventedNames
{
    private const string Onsets = "b,d,g,j,k,l,m,n,p,q,r,s,sh,t,x,y,z,";
    private const string Vowels = "a,a,a,e,i,ı,o,u,á,ú";
    private const string Codas = ",,,l,m,n,r,t,s,y,b,z";

    private static readonly string[] LastParts =
    [
        "bay", "bek", "gúl", "qul", "jan", "xan", "murat", "nazar", "niyaz", "berdi", "bergen", "geldi", "ǵali", "mırza", "ulla",
        "iddin", "biybi", "nur", "mámbet", "bolat", "temir", "sultan", "tay", "jigit", "jamal", "qoja", "sulıw", "shay", "ayım",
    ];

    /// <summary>
    /// The number of first parts grows with the root of the number of persons, as vocabularies do
    /// (H. S. Heaps, Information Retrieval, 1978).
    /// </summary>
    public static IReadOnlyList<string> Make(int count, int seed)
    {
        // CA5394: the dice of a benchmark, not a secret.
#pragma warning disable CA5394
        var random = new Random(seed);
        var firstParts = Enumerable.Range(0, 50 + (int)(2 * Math.Sqrt(count)))
            .Select(_ => Syllable(random) + (random.Next(3) == 0 ? Syllable(random) : "")).ToArray();

        return Enumerable.Range(0, count).Select(_ => Name(firstParts, random)).ToList();
    }

    public static string Misspell(string name, Random random)
    {
        var letters = new StringBuilder(name);

        for (var slips = random.Next(3); slips > 0; slips--)
        {
            var at = random.Next(letters.Length);

            if (letters[at] == ' ')
                continue;

            switch (random.Next(3))
            {
                case 0 when letters.Length > 6: letters.Remove(at, 1); break;
                case 1: letters.Insert(at, (char)('a' + random.Next(26))); break;
                default: letters[at] = (char)('a' + random.Next(26)); break;
            }
        }

        return random.Next(2) == 0 ? letters.ToString() : letters.Replace('q', 'k').Replace("j", "zh").Replace('x', 'h').Replace('ı', 'y').ToString();
    }

    /// <summary>Random Unicode: any plane, broken surrogates, very long words, letters of our scripts with anything between.</summary>
    public static string Noise(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        var length = random.Next(4) == 0 ? random.Next(4_000) : random.Next(80);

        while (text.Length < length)
        {
            switch (random.Next(6))
            {
                case 0: text.Append((char)random.Next(char.MaxValue + 1)); break;
                case 1: text.Append(char.ConvertFromUtf32(0x10000 + random.Next(0x100000))); break;
                case 2: text.Append(" .,-'ʻ\u200B\u202E\t"[random.Next(9)]); break;
                case 3: text.Append((char)('\u0400' + random.Next(0x130))); break;
                default: text.Append((char)('a' + random.Next(26))); break;
            }
        }

        return text.ToString();
    }

    private static string Name(string[] firstParts, Random random)
    {
        var isWoman = random.Next(3) == 0;
        var given = Compound(firstParts, random);
        var family = Compound(firstParts, random) + "ev" + (isWoman ? "a" : "");
        var father = random.Next(3) == 0 ? " " + Compound(firstParts, random) + (isWoman ? " qızı" : " ulı") : "";
        return random.Next(2) == 0 ? $"{given}{father} {family}" : $"{family} {given}{father}";
    }

    private static string Compound(string[] firstParts, Random random)
    {
        // Popular first parts come up more often than rare ones.
        var at = (int)(firstParts.Length * Math.Pow(random.NextDouble(), 2));
        var word = firstParts[at] + LastParts[random.Next(LastParts.Length)];
        return char.ToUpperInvariant(word[0]) + word[1..];
    }

    private static string Syllable(Random random) => Any(Onsets, random) + Any(Vowels, random) + Any(Codas, random);

    private static string Any(string list, Random random)
    {
        var parts = list.Split(',');
        return parts[random.Next(parts.Length)];
#pragma warning restore CA5394
    }
}
