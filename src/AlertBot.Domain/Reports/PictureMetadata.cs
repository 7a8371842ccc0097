using System.Buffers.Binary;
using System.Text;

namespace AlertBot.Domain.Reports;

/// <summary>
/// Removes from a picture what the camera and its owner wrote into it: place, time, device, thumbnail, comments. The picture itself stays untouched.
/// JPEG: segments of ITU-T T.81 annex B; PNG: chunks of ISO/IEC 15948; WebP: RIFF chunks of RFC 9649. Other files come back unchanged; a damaged one
/// ends where it becomes unreadable.
/// </summary>
public static class PictureMetadata
{
    private const int RiffHeader = 12;

    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // Text, EXIF and the time of the last change; everything that affects the image stays.
    private static readonly HashSet<string> PngDropped = ["tEXt", "zTXt", "iTXt", "eXIf", "tIME"];

    public static byte[] Strip(byte[] picture) => picture switch
    {
        [0xFF, 0xD8, ..] => Jpeg(picture),
        _ when picture.AsSpan().StartsWith(PngSignature) => Png(picture),
        _ when picture.Length >= RiffHeader && picture.AsSpan().StartsWith("RIFF"u8) && picture.AsSpan(8).StartsWith("WEBP"u8) => WebP(picture),
        _ => picture,
    };

    private static byte[] Jpeg(ReadOnlySpan<byte> picture)
    {
        var kept = new MemoryStream(picture.Length);
        kept.Write(picture[..2]);
        for (var at = 2; at + 1 < picture.Length;)
        {
            if (picture[at] != 0xFF)
                break;
            var marker = picture[at + 1];
            if (marker == 0xFF)
            {
                // A fill byte.
                at++;
                continue;
            }

            if (marker is 0xD9)
            {
                // Some phones append a second picture after the end, with its own place and time.
                kept.Write(picture.Slice(at, 2));
                break;
            }

            var length = marker is 0x01 or (>= 0xD0 and <= 0xD8) ? 2
                : at + 4 <= picture.Length ? 2 + BinaryPrimitives.ReadUInt16BigEndian(picture[(at + 2)..]) : int.MaxValue;
            if (length < 2 || length == 3 || at + (long)length > picture.Length)
                break;

            var segment = picture.Slice(at, length);
            if (IsPicture(marker, segment))
                kept.Write(segment);
            at += length;
            if (marker == 0xDA)
            {
                var end = EndOfScan(picture, at);
                kept.Write(picture[at..end]);
                at = end;
            }
        }

        return kept.ToArray();
    }

    private static bool IsPicture(byte marker, ReadOnlySpan<byte> segment) => marker switch
    {
        // Keeps JFIF without its thumbnail extension, the colour profile, and Adobe's note on the coding of colours.
        0xE0 => segment.Length >= 9 && segment[4..].StartsWith("JFIF\0"u8),
        0xE2 => segment.Length >= 16 && segment[4..].StartsWith("ICC_PROFILE\0"u8),
        0xEE => segment.Length >= 9 && segment[4..].StartsWith("Adobe"u8),
        (>= 0xE1 and <= 0xEF) or 0xFE => false,
        _ => true,
    };

    // In scan data, FF is followed by 00 or by a restart marker.
    private static int EndOfScan(ReadOnlySpan<byte> picture, int at)
    {
        for (; at + 1 < picture.Length; at++)
        {
            if (picture[at] == 0xFF && picture[at + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7)))
                return at;
        }

        return picture.Length;
    }

    private static byte[] Png(ReadOnlySpan<byte> picture)
    {
        var kept = new MemoryStream(picture.Length);
        kept.Write(PngSignature);
        for (var at = PngSignature.Length; at + 12 <= picture.Length;)
        {
            var length = 12L + BinaryPrimitives.ReadUInt32BigEndian(picture[at..]);
            if (at + length > picture.Length)
                break;
            var type = Encoding.Latin1.GetString(picture.Slice(at + 4, 4));
            if (!PngDropped.Contains(type))
                kept.Write(picture.Slice(at, (int)length));
            if (type == "IEND")
                break;
            at += (int)length;
        }

        return kept.ToArray();
    }

    private static byte[] WebP(ReadOnlySpan<byte> picture)
    {
        var kept = new MemoryStream(picture.Length);
        kept.Write(picture[..RiffHeader]);
        for (var at = RiffHeader; at + 8 <= picture.Length;)
        {
            // Chunks begin at even places.
            var size = BinaryPrimitives.ReadUInt32LittleEndian(picture[(at + 4)..]);
            var length = 8L + size + (size & 1);
            if (at + 8L + size > picture.Length)
                break;
            var chunk = picture.Slice(at, (int)Math.Min(length, picture.Length - at)).ToArray();
            if (chunk.AsSpan().StartsWith("VP8X"u8) && chunk.Length > 8)
                chunk[8] &= 0b1111_0011;    // it has neither EXIF nor XMP any more
            if (!chunk.AsSpan().StartsWith("EXIF"u8) && !chunk.AsSpan().StartsWith("XMP "u8))
                kept.Write(chunk);
            at += chunk.Length;
        }

        var all = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(4), (uint)(all.Length - 8));
        return all;
    }
}
