using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Hosting;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertBot.IntegrationTests.Hosting;

/// <summary>
/// Rooms register their classes by themselves, so a missing service shows only when somebody asks for a class. Here everything is resolved at once,
/// as the program registers it with both messengers.
/// </summary>
public sealed class CompositionTests
{
    [PostgresFact]
    public async Task Every_service_of_the_program_can_be_made()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var sandbox = await SandboxServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var ground = Ground.Load();
        var settings = ground.Settings with
        {
            ConnectionString = database.ConnectionString,
            KeyFile = null,
            Telegram = new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url },
            Signal = new SignalSettings(new Uri("http://127.0.0.1:9"), "+15550100100"),
            Web = new WebSettings { Url = "http://127.0.0.1:0" },
            LogLevel = LogLevel.Error,
        };
        var registered = new List<ServiceDescriptor>();
        await using var server = await Server.StartAsync(
            ground with { Settings = settings }, CancellationToken.None, directory.Path, registered.AddRange);
        await using var scope = server.Services.CreateAsyncScope();

        var ours = registered.Where(one => !one.IsKeyedService).Select(one => one.ServiceType)
            .Where(type => type.Assembly.GetName().Name!.StartsWith("AlertBot", StringComparison.Ordinal) && !type.IsGenericTypeDefinition)
            .ToHashSet();

        Assert.True(ours.Count > 150, $"Only {ours.Count} services: where are the rooms?");
        Assert.All(ours, type => Assert.All(scope.ServiceProvider.GetServices(type), Assert.NotNull));
    }
}
