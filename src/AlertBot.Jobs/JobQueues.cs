using AlertBot.Domain.Jobs;

namespace AlertBot.Jobs;

/// <summary>Where runs wait. A worker that serves both takes what watches people first: by the alphabet, which is how the engine goes.</summary>
internal static class JobQueues
{
    public const string Critical = "critical";
    public const string Default = "default";

    public static string Of(IRecurringJob job) => job.WatchesPeople ? Critical : Default;
}
