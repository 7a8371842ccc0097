using System.Text;
using AlertBot.Workflows.Importing;

namespace AlertBot.Tests.Importing;

public sealed class FileTextTests
{
    private static readonly Encoding Cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    private static readonly (string Name, Encoding Encoding, bool HasMark)[] Encodings =
    [
        ("UTF-8", new UTF8Encoding(false), false), ("UTF-8 with a mark", new UTF8Encoding(true), true),
        ("UTF-16", new UnicodeEncoding(false, true), true), ("UTF-16, the other way round", new UnicodeEncoding(true, true), true),
        ("UTF-16 without a mark", new UnicodeEncoding(false, false), false),
        ("UTF-16 without a mark, the other way round", new UnicodeEncoding(true, false), false), ("Windows-1251", Cyrillic, false),
    ];

    [Fact]
    public void A_list_is_the_same_in_whichever_encoding_its_program_writes_it() => Property.ForAll(
        random => (Text: AnyList(random), Form: Encodings[random.Next(Encodings.Length)]),
        one =>
        {
            byte[] file = [.. one.Form.HasMark ? one.Form.Encoding.GetPreamble() : [], .. one.Form.Encoding.GetBytes(one.Text)];

            Assert.Equal(one.Text, FileText.Read(file));
        },
        runs: 500);

    [Fact]
    public void A_workbook_is_no_text()
    {
        Assert.True(FileText.IsWorkbook([0x50, 0x4B, 3, 4, 20, 0]));
        Assert.True(FileText.IsWorkbook([0xD0, 0xCF, 0x11, 0xE0, 0xA1]));
        Assert.False(FileText.IsWorkbook("names,zone"u8));
        Assert.Equal("", FileText.Read([]));
    }

    // Letters that Windows-1251 has too, and a heading in Latin, as every list begins.
    private static string AnyList(Random random)
    {
        const string Letters = "абвгдЖЩЭя ґіїЎўabcXYZ0123,;\t\"\r\n";
        return "names,zone\r\n" + string.Concat(Enumerable.Range(0, random.Next(1, 200)).Select(_ => Letters[random.Next(Letters.Length)])) + "я";
    }
}
