using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using static AlertBot.Tests.Channels.SignalEvents;

namespace AlertBot.Tests.Channels;

public sealed class SignalAddressTests
{
    [Theory]
    [InlineData(Number, Number)]
    [InlineData(Uuid, Uuid)]
    [InlineData("0F0E0D0C-0B0A-4908-8706-050403020100", Uuid)]
    [InlineData("group:" + GroupId, "group:" + GroupId)]
    public void It_is_an_account_a_number_or_a_group(string text, string read) => Assert.Equal(read, SignalAddress.Parse(text)?.Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("15550100101")]
    [InlineData("+0155501001")]
    [InlineData("+1555010010x")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("group:")]
    [InlineData("group:a|b")]
    [InlineData("group:R3JvdXAgb2YgaW52ZW50ZWQgcGVvcGxl\n")]
    [InlineData("u:somebody.01")]
    public void Anything_else_is_none(string? text) => Assert.Null(SignalAddress.Parse(text));

    [Fact]
    public void The_account_goes_before_the_number()
    {
        Assert.Equal(Uuid, SignalAddress.Of(Number, Uuid)?.Value);
        Assert.Equal(Number, SignalAddress.Of(Number, null)?.Value);
        Assert.Equal(Number, SignalAddress.Of(Number, "00000000-0000-0000-0000-000000000000")?.Value);
        Assert.Null(SignalAddress.Of(null, null));
    }

    [Fact]
    public void An_address_of_another_messenger_is_none() => Assert.Null(SignalAddress.Read(new ChannelAddress(ChannelKind.Telegram, Number)));

    [Theory]
    [InlineData("1700000000123")]
    [InlineData(Uuid + "|1700000000123")]
    [InlineData(Number + "|1700000000123")]
    public void A_message_is_written_and_read_again(string text) =>
        Assert.Equal(new MessageRef(text), SignalRef.Read(new MessageRef(text))?.ToMessageRef());

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("somebody|5")]
    [InlineData("1|2|3")]
    [InlineData("99999999999999999999")]
    public void What_names_no_message_is_passed_over(string text) => Assert.Null(SignalRef.Read(new MessageRef(text)));

    [Theory]
    [InlineData(Uuid + "|" + Uuid + "|1700000000123")]
    [InlineData("group:" + GroupId + "|" + Uuid + "|1700000000123")]
    [InlineData("group:" + GroupId + "|1700000000123")]
    public void A_press_is_written_and_read_again(string text) => Assert.Equal(text, PressHandle.Read(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("|5")]
    [InlineData(Uuid)]
    [InlineData(Uuid + "|")]
    [InlineData("4242424242")]
    public void What_names_no_press_is_passed_over(string text) => Assert.Null(PressHandle.Read(text));

    [Fact]
    public void A_file_is_written_and_read_again()
    {
        Assert.Equal(
            new FileHandle(new SignalAddress(Uuid), "a1.jpg"), FileHandle.Read(new FileHandle(new SignalAddress(Uuid), "a1.jpg").ToString()));
        Assert.Null(FileHandle.Read(Uuid + "|"));
        Assert.Null(FileHandle.Read("a1.jpg"));
    }

    [Fact]
    public void A_file_travels_with_a_type_without_parameters_and_a_name_without_signs() =>
        Assert.Equal(
            "data:text/calendar;filename=K-7F3Q%3B%20%D0%B4%D0%B0%D1%82%D1%8B.ics;base64,SGk=",
            SignalFiles.DataUri(new OutgoingFile("K-7F3Q; даты.ics", "text/calendar; charset=utf-8; method=REQUEST", "Hi"u8.ToArray())));
}
