using AlertBot.Domain.Channels;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>What is sent to signal-cli, byte for byte, and what its good answers mean.</summary>
public sealed class SignalSendingTests
{
    [Fact]
    public async Task A_text_goes_to_the_account_and_comes_back_as_the_time_it_was_sent()
    {
        await using var signal = await SignalFixture.StartAsync();

        Assert.Equal(new SendResult.Sent(new MessageRef("1700000000001")), await signal.SendAsync(SignalFixture.Person, "Hello"));
        Assert.Equal([("send", $$"""{"recipient":["{{SignalFixture.PersonUuid}}"],"message":"Hello"}""")], signal.Daemon.Calls);
        Assert.Equal(SignalFixture.Person, Assert.Single(signal.Written));
    }
}
