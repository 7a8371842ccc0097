namespace AlertBot.Domain.Names;

/// <summary>
/// Which sounds stand for letters side by side on a keyboard: a thumb that misses hits a neighbour. Rows of keys: ANSI INCITS 154 (QWERTY) and the
/// Russian layout with the Kazakh row above it.
/// </summary>
internal static class KeyNeighbours
{
    private const int Width = 64;
    private const char First = 'A';

    private static readonly string[] Latin = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    private static readonly string[] Cyrillic = ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"];

    private static readonly bool[] OnLatin = Pairs(Latin);
    private static readonly bool[] OnCyrillic = Pairs(Cyrillic);

    /// <summary>Whether two sounds stand for neighbouring keys; no sound is nobody's neighbour.</summary>
    public static bool Are(char one, char other, Script script) =>
        one >= First && other >= First && (script == Script.Cyrillic ? OnCyrillic : OnLatin)[(one - First) * Width + other - First];

    private static bool[] Pairs(string[] rows)
    {
        var pairs = new bool[Width * Width];

        for (var row = 0; row < rows.Length; row++)
        {
            for (var at = 0; at < rows[row].Length; at++)
            {
                Add(row, at, row, at + 1);
                Add(row, at, row + 1, at - 1);
                Add(row, at, row + 1, at);
            }
        }

        return pairs;

        void Add(int row, int at, int otherRow, int otherAt)
        {
            if (otherRow >= rows.Length || otherAt < 0 || otherAt >= rows[otherRow].Length)
                return;

            // Letters of one sound each; digraphs are not a key.
            var (one, other) = (Sounds.Of(rows[row][at].ToString()), Sounds.Of(rows[otherRow][otherAt].ToString()));

            if (one.Length != 1 || other.Length != 1 || one == other)
                return;

            pairs[(one[0] - First) * Width + other[0] - First] = true;
            pairs[(other[0] - First) * Width + one[0] - First] = true;
        }
    }
}
