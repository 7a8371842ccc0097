using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AlertBot.BrowserTests.Support;

/// <summary>
/// A picture of a page with at most 256 colours: a third of the size, and no difference that anybody sees. Only what Chromium writes is read: eight
/// bits a colour, not interlaced.
/// </summary>
internal static class SmallPng
{
    private const int MostColours = 256;
    private static readonly byte[] Mark = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Of(byte[] png)
    {
        var (width, height, pixels) = Read(png);
        var (palette, indexes) = Reduce(pixels);
        using var file = new MemoryStream();
        file.Write(Mark);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 3);
        Write(file, "IHDR", head);
        Write(file, "PLTE", palette.SelectMany(one => new[] { (byte)(one >> 16), (byte)(one >> 8), (byte)one }).ToArray());
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(indexes, y * width, width);
            }
        }

        Write(file, "IDAT", packed.ToArray());
        Write(file, "IEND", []);
        return file.ToArray();
    }

    private static (int Width, int Height, int[] Pixels) Read(byte[] png)
    {
        var (width, height, colours) = (0, 0, 3);
        using var packed = new MemoryStream();
        for (var at = Mark.Length; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var kind = Encoding.ASCII.GetString(png, at + 4, 4);
            var data = png.AsSpan(at + 8, length);
            if (kind == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                colours = (data[8], data[9], data[12]) switch
                {
                    (8, 2, 0) => 3,
                    (8, 6, 0) => 4,
                    _ => throw new NotSupportedException("Another kind of PNG than Chromium writes."),
                };
            }
            else if (kind == "IDAT")
            {
                packed.Write(data);
            }

            at += 12 + length;
        }

        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        var (row, before) = (new byte[width * colours], new byte[width * colours]);
        var pixels = new int[width * height];
        for (var y = 0; y < height; y++)
        {
            var filter = zlib.ReadByte();
            zlib.ReadExactly(row);
            Unfilter(filter, row, before, colours);
            for (var x = 0; x < width; x++)
                pixels[(y * width) + x] = (row[x * colours] << 16) | (row[(x * colours) + 1] << 8) | row[(x * colours) + 2];
            (row, before) = (before, row);
        }

        return (width, height, pixels);
    }

    // RFC 2083, section 6.
    private static void Unfilter(int filter, byte[] row, byte[] before, int step)
    {
        for (var at = 0; at < row.Length; at++)
        {
            var (left, up, corner) = (at < step ? 0 : row[at - step], before[at], at < step ? 0 : before[at - step]);
            row[at] += (byte)(filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Nearest(left, up, corner),
                _ => 0,
            });
        }
    }

    private static int Nearest(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (a, b, c) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    // The most frequent colours are kept as they are, and each other becomes the nearest of them.
    private static (IReadOnlyList<int> Palette, byte[] Indexes) Reduce(int[] pixels)
    {
        var palette = pixels.CountBy(pixel => pixel).OrderByDescending(one => one.Value).Take(MostColours).Select(one => one.Key).ToList();
        var places = palette.Index().ToDictionary(one => one.Item, one => (byte)one.Index);
        var indexes = new byte[pixels.Length];
        for (var at = 0; at < pixels.Length; at++)
        {
            if (!places.TryGetValue(pixels[at], out var place))
                places[pixels[at]] = place = (byte)palette.Index().MinBy(one => Distance(one.Item, pixels[at])).Index;
            indexes[at] = place;
        }

        return (palette, indexes);
    }

    private static int Distance(int one, int other)
    {
        int Apart(int shift) => ((one >> shift) & 255) - ((other >> shift) & 255);
        var (red, green, blue) = (Apart(16), Apart(8), Apart(0));
        return (red * red) + (green * green) + (blue * blue);
    }

    private static void Write(MemoryStream file, string kind, byte[] data)
    {
        byte[] part = [.. Encoding.ASCII.GetBytes(kind), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(part);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(part));
        file.Write(number);
    }

    // RFC 2083, section 15.
    private static uint Checksum(byte[] data)
    {
        var sum = 0xFFFF_FFFFu;
        foreach (var one in data)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB8_8320u;
        }

        return ~sum;
    }
}
