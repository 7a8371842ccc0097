using System.Text;

namespace AlertBot.Workflows.Importing;

/// <summary>
/// The text of a file in whichever encoding its program wrote it: UTF-8 or UTF-16 with a mark or without one, or Windows-1251, in which Excel writes
/// Cyrillic.
/// </summary>
public static class FileText
{
    private const char ByteOrderMark = '\uFEFF';
    private const int CyrillicPage = 1251;

    // A list in UTF-16 is mostly Latin codes and separators, so every second byte of these is zero.
    private const int LooksAt = 4096;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Lazy<Encoding> Cyrillic = new(
        () => CodePagesEncodingProvider.Instance.GetEncoding(CyrillicPage) ?? throw new InvalidOperationException("The code page is missing."));

    // The longer mark first: that of UTF-32 begins with the one of UTF-16.
    private static readonly (byte[] Mark, Encoding Encoding)[] Marked =
    [
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8), ([0xFF, 0xFE, 0, 0], Encoding.UTF32), ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    public static string Read(ReadOnlySpan<byte> file) => Decoded(file).TrimStart(ByteOrderMark);

    /// <summary>Whether it is a workbook or another file that holds no text.</summary>
    public static bool IsWorkbook(ReadOnlySpan<byte> file) =>
        file.StartsWith("PK\u0003\u0004"u8) || file.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 });

    private static string Decoded(ReadOnlySpan<byte> file)
    {
        foreach (var (mark, encoding) in Marked)
        {
            if (file.StartsWith(mark))
                return encoding.GetString(file[mark.Length..]);
        }

        if (Unmarked(file) is { } wide)
            return wide.GetString(file);
        try
        {
            return Utf8.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            return Cyrillic.Value.GetString(file);
        }
    }

    private static UnicodeEncoding? Unmarked(ReadOnlySpan<byte> file)
    {
        var looked = file[..(Math.Min(file.Length, LooksAt) & ~1)];
        var (even, odd) = (0, 0);
        for (var at = 0; at < looked.Length; at++)
        {
            if (looked[at] == 0)
                _ = at % 2 == 0 ? even++ : odd++;
        }

        // No text of one byte a letter has a zero in it.
        return even + odd == 0 || file.Length % 2 != 0 ? null : new UnicodeEncoding(bigEndian: even > odd, byteOrderMark: false);
    }
}
