using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;

namespace AlertBot.Tests.Channels;

public sealed class WrittenAddressTests
{
    private const string Uuid = "1a3bcdef-0123-4567-89ab-cdef01234567";

    [Theory]
    [InlineData("1A3BCDEF-0123-4567-89AB-CDEF01234567", Uuid)]
    [InlineData("{1a3bcdef-0123-4567-89ab-cdef01234567}", Uuid)]
    [InlineData("1A3BCDEF0123456789ABCDEF01234567", Uuid)]
    [InlineData("+7 (701) 234-56-78", "+77012345678")]
    [InlineData("group:AAECAwQFBgcICQoLDA0ODw==", "group:AAECAwQFBgcICQoLDA0ODw==")]
    public void A_Signal_address_is_kept_as_Signal_writes_it(string written, string kept)
    {
        var read = WrittenAddress.Read(ChannelKind.Signal, written);

        Assert.Equal(kept, read?.Value);
        // The channel itself accepts it and spells it alike.
        Assert.Equal(kept, SignalAddress.Read(read!)?.Value);
    }

    [Theory]
    [InlineData("+42", "42")]
    [InlineData(" 0042 ", "42")]
    [InlineData("-100123/5", "-100123/5")]
    public void A_Telegram_id_is_kept_as_Telegram_writes_it(string written, string kept) =>
        Assert.Equal(kept, WrittenAddress.Read(ChannelKind.Telegram, written)?.Value);

    [Theory]
    [InlineData(ChannelKind.Signal, "00000000-0000-0000-0000-000000000000")]
    [InlineData(ChannelKind.Signal, "87012345678")]
    [InlineData(ChannelKind.Signal, "group:x")]
    [InlineData(ChannelKind.Signal, "")]
    [InlineData(ChannelKind.Telegram, "0")]
    [InlineData(ChannelKind.Telegram, "@marta")]
    [InlineData(ChannelKind.Telegram, "-100/0")]
    [InlineData(ChannelKind.Telegram, "1/2/3")]
    [InlineData(ChannelKind.Telegram, "")]
    public void What_is_no_address_is_refused(ChannelKind channel, string written) => Assert.Null(WrittenAddress.Read(channel, written));
}
