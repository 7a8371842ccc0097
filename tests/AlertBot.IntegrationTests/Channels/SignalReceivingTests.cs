using AlertBot.Domain.Channels;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>The event stream of signal-cli, and everything that can happen to it.</summary>
public sealed class SignalReceivingTests
{
    [Fact]
    public async Task What_a_person_writes_is_heard()
    {
        await using var signal = await SignalFixture.StartAsync();

        var heard = await signal.HearAsync(SignalFixture.Says("Hello", 1_700_000_050_000));

        Assert.Equal((SignalFixture.Person, ChatKind.Private, "Hello"), (heard.Chat, heard.ChatKind, heard.Text));
        Assert.Equal(SignalFixture.Person, heard.Sender);
        Assert.Equal(new MessageRef($"{SignalFixture.PersonUuid}|1700000050000"), heard.Message);
    }
}
