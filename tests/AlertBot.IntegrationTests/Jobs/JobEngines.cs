using AlertBot.Configuration;
using AlertBot.Flavours;
using AlertBot.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>The engines that are built, by the name that settings give them: a child process gets one too.</summary>
internal static class JobEngines
{
    public static void Add(string engine, IServiceCollection services, JobSettings settings) =>
        Flavour.Built.Jobs.Single(adapter => SettingReader.NameOf(adapter.Engine) == engine).Add(services, settings);
}
