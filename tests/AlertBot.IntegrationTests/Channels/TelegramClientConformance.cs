using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>
/// What the channel must do whatever makes its calls, against a Bot API over real HTTP. Each client that is built runs all of it.
/// </summary>
public abstract partial class TelegramClientConformance(TelegramClientName client)
{
    private Task<TelegramFixture> StartAsync(SandboxOptions? options = null, Func<TelegramSettings, TelegramSettings>? with = null) =>
        TelegramFixture.StartAsync(client, options, with);
}

public sealed class HttpClientTests() : TelegramClientConformance(TelegramClientName.Http);
