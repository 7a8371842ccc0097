using AlertBot.Configuration;
using AlertBot.IntegrationTests.Channels;

namespace AlertBot.IntegrationTests.SecondFlavour;

public sealed class TelegramBotTests() : TelegramClientConformance(TelegramClientName.TelegramBot);
