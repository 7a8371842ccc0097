using AlertBot.Jobs;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Cli;

/// <summary>Describes jobs to an operator in words.</summary>
internal static class JobWords
{
    /// <summary>The schedule, in the words that the job engine's pages use: "every 20 s", "daily at 08:30:00 Asia/Tashkent".</summary>
    public static string Schedule(JobLine line) => line.Job.Schedule.ToString();

    public static string At(Instant? at) => at is { } known ? InstantPattern.General.Format(known) : "never";

    /// <summary>The last failure; empty if there was none.</summary>
    public static string Failure(JobLine line) => line.Run switch
    {
        { FailuresInARow: 1, LastFailure: { } code } run => $"failed at {At(run.LastFinished)}; search the log for {code}",
        { FailuresInARow: > 1 and var times, LastFailure: { } code } run =>
            $"failed {times} times in a row, last at {At(run.LastFinished)}; search the log for {code}",
        { LastFailure: { } code } => $"went well since; the one before is {code} in the log",
        _ => "",
    };
}
