using System.Buffers.Binary;
using System.Text;
using AlertBot.Domain.Reports;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Reports;

public sealed class FileCleaningTests
{
    [Fact]
    public void A_film_loses_place_device_and_time_and_keeps_its_length()
    {
        var header = Box("mvhd", [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 3, 0xE8]);
        var film = Join(
            Box("ftyp", [.. "qt  "u8, 0, 0, 0, 0]),
            Box("moov", Join(header, Box("udta", Join(Box("©xyz", "+43.2567+076.9286/"u8.ToArray()), Box("©mod", "Phone of Aygul"u8.ToArray()))))),
            Box("mdat", "the film itself"u8.ToArray()),
            Box("uuid", "an editor's own notes"u8.ToArray()));

        var (clean, isClean) = FileCleaning.Clean(film);

        Assert.True(isClean);
        Assert.Equal(film.Length, clean.Length);
        var text = Encoding.Latin1.GetString(clean);
        Assert.Contains("the film itself", text, StringComparison.Ordinal);
        Assert.All(["43.2567", "Aygul", "notes", "\u0001\u0002\u0003"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Equal(clean, FileCleaning.Clean(clean).Content);
    }

    [Fact]
    public void Boxes_nested_as_deep_as_a_file_is_long_do_not_end_the_program_and_hide_nothing()
    {
        var secret = Box("udta", "Phone of Aygul"u8.ToArray());
        var film = new byte[16 + 8 * 1_000_000 + secret.Length];
        Box("ftyp", [.. "isom"u8, 0, 0, 0, 0]).CopyTo(film, 0);
        for (var at = 16; at < film.Length - secret.Length; at += 8)
        {
            BinaryPrimitives.WriteUInt32BigEndian(film.AsSpan(at), (uint)(film.Length - at));
            "moov"u8.CopyTo(film.AsSpan(at + 4));
        }

        secret.CopyTo(film, film.Length - secret.Length);

        Assert.DoesNotContain("Aygul", Encoding.Latin1.GetString(FileCleaning.Clean(film).Content), StringComparison.Ordinal);
    }

    [Fact]
    public void What_we_do_not_know_how_to_clean_is_marked() => Assert.All(
        new[] { Encoding.ASCII.GetBytes("%PDF-1.7"), Box("ftyp", [.. "heic"u8, 0, 0, 0, 0]), [1, 2, 3] },
        file => Assert.Equal((file, false), FileCleaning.Clean(file)));

    [Fact]
    public void A_picture_is_clean_and_a_damaged_film_breaks_nothing()
    {
        Assert.True(FileCleaning.Clean(SamplePictures.JpegWithPlace()).IsClean);
        var film = Join(Box("ftyp", [.. "isom"u8, 0, 0, 0, 0]), Box("moov", Box("udta", new byte[20])));
        for (var length = 13; length < film.Length; length++)
            Assert.Equal(length, FileCleaning.Clean(film[..length]).Content.Length);
    }

    private static byte[] Box(string kind, byte[] inside)
    {
        var box = new byte[8 + inside.Length];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)box.Length);
        Encoding.Latin1.GetBytes(kind).CopyTo(box, 4);
        inside.CopyTo(box, 8);
        return box;
    }

    private static byte[] Join(params byte[][] parts) => parts.SelectMany(part => part).ToArray();
}
