using System.Buffers.Binary;
using System.IO.Compression;

namespace AlertBot.BrowserTests.Support;

/// <summary>A picture and a voice that a browser shows and plays.</summary>
internal static class Samples
{
    private const int Width = 480;
    private const int Height = 320;

    /// <summary>A PNG: a dusk, and a car in it.</summary>
    public static byte[] Picture()
    {
        using var pixels = new MemoryStream();
        for (var y = 0; y < Height; y++)
        {
            pixels.WriteByte(0);
            for (var x = 0; x < Width; x++)
                pixels.Write(ColourAt(x, y));
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(pixels.ToArray());
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height);
        (head[8], head[9]) = (8, 2);
        return [.. (byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .. Chunk("IHDR"u8, head), .. Chunk("IDAT"u8, packed.ToArray()),
            .. Chunk("IEND"u8, [])];
    }

    /// <summary>Ogg with Opus in it: so many seconds of silence.</summary>
    public static byte[] Voice(int seconds)
    {
        byte[] head = [.. "OpusHead"u8, 1, 1, 0, 0, 0x80, 0xBB, 0, 0, 0, 0, 0];
        byte[] tags = [.. "OpusTags"u8, 4, 0, 0, 0, .. "none"u8, 0, 0, 0, 0];
        var voice = new List<byte>([.. Page(2, 0, 0, [head]), .. Page(0, 0, 1, [tags])]);
        // Fifty packets of 20 ms each in a page; this packet is silence.
        byte[] silence = [0xF8, 0xFF, 0xFE];
        for (var second = 1; second <= seconds; second++)
            voice.AddRange(Page((byte)(second == seconds ? 4 : 0), second * 48_000L, second + 1, [.. Enumerable.Repeat(silence, 50)]));
        return [.. voice];
    }

    private static byte[] ColourAt(int x, int y)
    {
        if (Distance(x, y, 190) < 22 || Distance(x, y, 290) < 22)
            return [25, 25, 28];
        if (x is > 150 and < 330 && y is > 190 and < 235)
            return [205, 208, 212];
        if (x is > 195 and < 290 && y is > 160 and <= 190)
            return [150, 160, 175];
        return y > 250 ? [58, 54, 52] : [(byte)(40 + (y / 2)), (byte)(50 + (y / 4)), (byte)(110 - (y / 6))];
    }

    private static double Distance(int x, int y, int wheel) => Math.Sqrt(Math.Pow(x - wheel, 2) + Math.Pow(y - 238, 2));

    private static byte[] Chunk(ReadOnlySpan<byte> kind, byte[] data)
    {
        byte[] named = [.. kind, .. data];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(named.Length + 4), PngSum(named));
        return chunk;
    }

    private static byte[] Page(byte kind, long position, int number, byte[][] packets)
    {
        byte[] page =
        [
            .. "OggS"u8, 0, kind, .. BitConverter.GetBytes(position), 7, 0, 0, 0, .. BitConverter.GetBytes(number), 0, 0, 0, 0,
            (byte)packets.Length, .. packets.Select(packet => (byte)packet.Length), .. packets.SelectMany(packet => packet),
        ];
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(22), OggSum(page));
        return page;
    }

    private static uint PngSum(byte[] chunk)
    {
        var sum = uint.MaxValue;
        foreach (var one in chunk)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
        }

        return ~sum;
    }

    private static uint OggSum(byte[] page)
    {
        var sum = 0u;
        foreach (var one in page)
        {
            sum ^= (uint)one << 24;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 0x80000000) != 0 ? (sum << 1) ^ 0x04C11DB7 : sum << 1;
        }

        return sum;
    }
}
