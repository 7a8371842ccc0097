using AlertBot.Jobs;
using AlertBot.Jobs.Quartz;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>The engines that are built, by name: a child process gets one too.</summary>
internal static class JobEngines
{
    public const string Quartz = "quartz";

    public static void Add(string engine, IServiceCollection services, JobSettings settings) => _ = engine switch
    {
        Quartz => services.AddQuartzJobs(settings),
        _ => throw new ArgumentException($"No job engine {engine} is built."),
    };
}
