using System.Buffers.Binary;

namespace AlertBot.Domain.Reports;

/// <summary>
/// Removes from a received file the place, time and device that a camera or program wrote into it, if we know its format. All other files are marked:
/// they may reveal their maker, and do harm when opened.
/// </summary>
public static class FileCleaning
{
    // Boxes of ISO/IEC 14496-12 and QuickTime that are not part of the film: place (loci, ©xyz), device, names, makers' own data.
    // Those that we look into are nested four deep.
    private const int DeepestBox = 8;

    private static readonly HashSet<string> Emptied = ["udta", "meta", "uuid", "XMP_"];
    private static readonly HashSet<string> Containers = ["moov", "trak", "mdia", "moof"];
    private static readonly string[] Films =
        ["isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "M4A ", "qt  ", "3gp4", "3gp5", "3gp6"];

    /// <returns>The file, and whether it no longer reveals anything about its maker.</returns>
    public static (byte[] Content, bool IsClean) Clean(byte[] file) => file switch
    {
        [0xFF, 0xD8, ..] => (PictureMetadata.Strip(file), true),
        _ when IsPicture(file) => (PictureMetadata.Strip(file), true),
        _ when file.AsSpan().StartsWith("OggS"u8) => (file, true),
        _ when IsFilm(file) => (Film(file), true),
        _ => (file, false),
    };

    private static bool IsPicture(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        || (file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8));

    // HEIC uses the same boxes but keeps its Exif among the pictures, so it is marked.
    private static bool IsFilm(ReadOnlySpan<byte> file) => file.Length > 12 && file[4..].StartsWith("ftyp"u8)
        && Films.Contains(System.Text.Encoding.Latin1.GetString(file.Slice(8, 4)));

    // A box keeps its position and length, since other boxes point behind it; only its content is erased.
    private static byte[] Film(byte[] file)
    {
        var cleaned = file.ToArray();
        Empty(cleaned.AsSpan());
        return cleaned;
    }

    // Whoever nests boxes deeper than any film does wants us to run out of stack.
    private static void Empty(Span<byte> boxes, int depth = 0)
    {
        for (var at = 0; at + 8 <= boxes.Length;)
        {
            var (length, header) = ((long)BinaryPrimitives.ReadUInt32BigEndian(boxes[at..]), 8);
            if (length == 1 && at + 16 <= boxes.Length)
                (length, header) = (BinaryPrimitives.ReadInt64BigEndian(boxes[(at + 8)..]), 16);
            else if (length == 0)
                length = boxes.Length - at;
            if (length < header || at + length > boxes.Length)
                return;

            var kind = System.Text.Encoding.Latin1.GetString(boxes.Slice(at + 4, 4));
            var inside = boxes.Slice(at + header, (int)length - header);
            if (Containers.Contains(kind) && depth < DeepestBox)
                Empty(inside, depth + 1);
            else if (Containers.Contains(kind))
                Free(boxes.Slice(at + 4, 4), inside);
            else if (Emptied.Contains(kind))
                Free(boxes.Slice(at + 4, 4), inside);
            else if (kind is "mvhd" or "tkhd" or "mdhd")
                Undate(inside);
            at += (int)length;
        }
    }

    private static void Free(Span<byte> kind, Span<byte> inside)
    {
        "free"u8.CopyTo(kind);
        inside.Clear();
    }

    // Version and flags, then the times of making and changing: four bytes each, or eight in version 1.
    private static void Undate(Span<byte> header)
    {
        if (header.Length >= 12)
            header.Slice(4, header[0] == 1 && header.Length >= 20 ? 16 : 8).Clear();
    }
}
