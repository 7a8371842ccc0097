using AlertBot.Configuration;
using AlertBot.Hangfire;
using AlertBot.Jobs.Quartz;

namespace AlertBot.Flavours;

public sealed partial record Flavour
{
    private static readonly JobAdapter Hangfire = new(JobEngine.Hangfire, HangfireJobs.AddHangfireJobs, app => app.MapHangfirePages());
    private static readonly JobAdapter Quartz = new(JobEngine.Quartz, QuartzJobs.AddQuartzJobs);

    /// <summary>What builds where the packages of the second flavour can be had: Hangfire beside the other.</summary>
    public static Flavour Built { get; } = new("hangfire", [Hangfire, Quartz]);
}
