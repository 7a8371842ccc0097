using AlertBot.Domain.Jobs;

namespace AlertBot.Jobs;

/// <summary>
/// The queues in which runs wait. A worker that serves both takes what watches people first, since the engine goes by the alphabet.
/// </summary>
internal static class JobQueues
{
    public const string Critical = "critical";
    public const string Default = "default";

    public static string Of(IRecurringJob job) => job.WatchesPeople ? Critical : Default;
}
