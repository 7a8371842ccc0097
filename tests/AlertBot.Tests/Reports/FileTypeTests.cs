using AlertBot.Domain.Reports;

namespace AlertBot.Tests.Reports;

public sealed class FileTypeTests
{
    [Theory]
    [InlineData("image/jpeg", "image/jpeg")]
    [InlineData("Audio/OGG; codecs=opus", "audio/ogg")]
    [InlineData("application/pdf", "application/pdf")]
    [InlineData("text/html", null)]
    [InlineData("application/x-msdownload", null)]
    [InlineData("image/svg+xml", null)]
    [InlineData("They took her", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_type_is_believed_from_a_list_alone(string? said, string? believed) => Assert.Equal(believed, FileType.Of(said));
}
