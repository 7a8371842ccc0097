using System.Buffers.Binary;
using System.Text;

namespace AlertBot.Tests.Support;

/// <summary>Small blank pictures with everything that cameras and programs write into files.</summary>
public static class SamplePictures
{
    public static byte[] JpegWithPlace() =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, "JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0"),
        .. Segment(0xE1, "Exif\0\0MM\0*GPS-LATITUDE 43.2567 N"),
        .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta GPS-LATITUDE/>"),
        .. Segment(0xE2, "ICC_PROFILE\0\u0001\u0001profile"),
        .. Segment(0xE2, "MPF\0GPS-LATITUDE"),
        .. Segment(0xED, "Photoshop 3.0\0GPS-LATITUDE"),
        .. Segment(0xEE, "Adobe\0d\0\0\0\0\u0001"),
        .. Segment(0xFE, "a comment"),
        .. Segment(0xDB, "quantization"),
        .. Segment(0xC0, "frame"),
        .. Segment(0xDA, "scan"),
        0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56,
        0xFF, 0xD9,
        0xFF, 0xD8, .. Segment(0xE1, "Exif\0\0GPS-LATITUDE of the second picture"), 0xFF, 0xD9,
    ];

    public static byte[] PngWithText() =>
    [
        0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A,
        .. Chunk("IHDR", new string('\0', 13)), .. Chunk("tEXt", "Comment\0GPS-LATITUDE"),
        .. Chunk("eXIf", "MM\0*GPS-LATITUDE"), .. Chunk("IDAT", "pixels"),
        .. Chunk("iTXt", "XML:com.adobe.xmp GPS-LATITUDE"), .. Chunk("IEND", ""), .. "GPS-LATITUDE behind the end"u8,
    ];

    public static byte[] WebPWithExif()
    {
        byte[] chunks = [.. RiffChunk("VP8X", "\u001c\0\0\0\0\0\0\0\0\0"), .. RiffChunk("VP8 ", "picture"),
            .. RiffChunk("EXIF", "GPS-LATITUDE"), .. RiffChunk("XMP ", "GPS-LATITUDE!")];
        byte[] all = [.. "RIFF\0\0\0\0WEBP"u8, .. chunks];
        BinaryPrimitives.WriteInt32LittleEndian(all.AsSpan(4), all.Length - 8);
        return all;
    }

    private static byte[] Segment(byte marker, string content)
    {
        var bytes = Encoding.Latin1.GetBytes(content);
        return [0xFF, marker, (byte)((bytes.Length + 2) >> 8), (byte)(bytes.Length + 2), .. bytes];
    }

    private static byte[] Chunk(string type, string content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.Latin1.GetBytes(type + content), 0, 0, 0, 0];
    }

    private static byte[] RiffChunk(string type, string content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. Encoding.Latin1.GetBytes(type), .. length, .. Encoding.Latin1.GetBytes(content), .. content.Length % 2 == 1 ? new byte[1] : []];
    }
}
