using AlertBot.Configuration;
using AlertBot.Jobs.Quartz;

namespace AlertBot.Flavours;

public sealed partial record Flavour
{
    private static readonly JobAdapter Quartz = new(JobEngine.Quartz, QuartzJobs.AddQuartzJobs);

    /// <summary>What builds wherever the common packages can be had.</summary>
    public static Flavour Built { get; } = new("default", [Quartz]);
}
