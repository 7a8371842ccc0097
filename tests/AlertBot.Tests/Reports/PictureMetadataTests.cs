using System.Text;
using AlertBot.Domain.Reports;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Reports;

public class PictureMetadataTests
{
    [Fact]
    public void A_photo_loses_its_place_its_comments_and_what_hangs_behind_it_and_keeps_its_picture()
    {
        var stripped = PictureMetadata.Strip(SamplePictures.JpegWithPlace());

        var text = Encoding.Latin1.GetString(stripped);
        Assert.DoesNotContain("Exif", text);
        Assert.DoesNotContain("GPS-LATITUDE", text);
        Assert.DoesNotContain("ns.adobe.com/xap", text);
        Assert.DoesNotContain("a comment", text);
        Assert.Contains("JFIF", text);
        Assert.Contains("ICC_PROFILE", text);
        Assert.Contains("Adobe", text);
        Assert.True(stripped.AsSpan().EndsWith(new byte[] { 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9 }));
    }

    [Fact]
    public void Stripping_twice_changes_nothing_more()
    {
        foreach (var picture in new[] { SamplePictures.JpegWithPlace(), SamplePictures.PngWithText(), SamplePictures.WebPWithExif() })
        {
            var once = PictureMetadata.Strip(picture);
            Assert.Equal(once, PictureMetadata.Strip(once));
            Assert.True(once.Length < picture.Length);
        }
    }

    [Fact]
    public void A_png_loses_its_texts_and_keeps_its_picture()
    {
        var text = Encoding.Latin1.GetString(PictureMetadata.Strip(SamplePictures.PngWithText()));

        Assert.DoesNotContain("GPS-LATITUDE", text);
        Assert.DoesNotContain("tEXt", text);
        Assert.DoesNotContain("eXIf", text);
        Assert.Contains("IDAT", text);
        Assert.Contains("IEND", text);
    }

    [Fact]
    public void A_webp_loses_its_exif_and_says_so()
    {
        var stripped = PictureMetadata.Strip(SamplePictures.WebPWithExif());

        Assert.DoesNotContain("GPS-LATITUDE", Encoding.Latin1.GetString(stripped));
        Assert.Contains("VP8 ", Encoding.Latin1.GetString(stripped));
        Assert.Equal(stripped.Length - 8, BitConverter.ToInt32(stripped, 4));
        Assert.Equal(0x10, stripped[20]);
    }

    [Fact]
    public void What_is_no_picture_stays_as_it_is() => Assert.Equal("a text"u8.ToArray(), PictureMetadata.Strip("a text"u8.ToArray()));

    [Fact]
    public void Whatever_is_damaged_never_fails_and_never_grows() => Property.ForAll(random => random, random =>
    {
        byte[][] samples = [SamplePictures.JpegWithPlace(), SamplePictures.PngWithText(), SamplePictures.WebPWithExif()];
        var picture = samples[random.Next(samples.Length)][..^random.Next(20)];
        for (var change = 0; change < random.Next(6); change++)
            picture[random.Next(picture.Length)] = (byte)random.Next(256);

        Assert.True(PictureMetadata.Strip(picture).Length <= picture.Length + 8);
    });
}
