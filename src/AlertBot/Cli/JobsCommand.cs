using System.CommandLine;
using AlertBot.Jobs;
using AlertBot.Workflows.Configuration;
using NodaTime;

namespace AlertBot.Cli;

/// <summary><c>jobs</c>: lists the recurring jobs with their last runs, and runs one now.</summary>
internal static class JobsCommand
{
    public static Command Create() => new("jobs", "The recurring jobs: when they run, and how they went.") { List(), Run() };

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("list", "Schedule, last and next run, and the last failure of each job.") { json };
        command.SetAction(async (parsed, ct) => await Output.WithStorageAsync(async (ground, storage) =>
        {
            await using var jobs = JobsHere.Of(ground, storage);
            var lines = await jobs.Board.ReadAsync(ct);
            if (parsed.GetValue(json))
            {
                Output.Json(lines.Select(Described));
                return CommandLine.Done;
            }

            Output.Line($"{"job",-20} {"schedule",-28} {"last run",-21} {"next run",-21} last failure");
            foreach (var line in lines)
            {
                Output.Line(
                    $"{line.Job.Name,-20} {JobWords.Schedule(line),-28} {JobWords.At(line.Run?.LastStarted),-21} {JobWords.At(line.Next),-21} "
                    + $"{JobWords.Failure(line)}"
                    .TrimEnd());
            }

            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static Command Run()
    {
        var name = new Argument<string>("name") { Description = "As 'alertbot jobs list' shows it." };
        var command = new Command("run", "Runs a job now, in this process, unless a node is at it.") { name };
        command.SetAction(async (parsed, ct) => await Output.WithStorageAsync(async (ground, storage) =>
        {
            await using var jobs = JobsHere.Of(ground, storage);
            var wanted = parsed.GetRequiredValue(name);
            if (!jobs.Board.Names.Contains(wanted))
            {
                Output.Refuse($"there is no job '{wanted}'{Nearest.Hint(wanted, jobs.Board.Names)}; see: alertbot jobs list");
                return CommandLine.Misused;
            }

            switch (await jobs.Board.RunAsync(wanted, ct))
            {
                case JobOutcome.Done:
                    Output.Line($"{wanted}: done");
                    return CommandLine.Done;
                case JobOutcome.Failed failed:
                    return Output.Refuse($"{wanted} failed; its line above and in the log has the code {failed.Code}.");
                default:
                    return Output.Refuse($"{wanted} is running on a node right now, which does the work of this run too.");
            }
        }, ct));
        return command;
    }

    private static object Described(JobLine line) => new
    {
        line.Job.Name,
        Schedule = JobWords.Schedule(line),
        line.Job.WatchesPeople,
        LastRun = Text(line.Run?.LastStarted),
        LastSucceeded = Text(line.Run?.LastSucceeded),
        line.Run?.LastTookMs,
        NextRun = Text(line.Next),
        FailuresInARow = line.Run?.FailuresInARow ?? 0,
        LastFailure = JobWords.Failure(line) is { Length: > 0 } words ? words : null,
    };

    private static string? Text(Instant? at) => at is null ? null : JobWords.At(at);
}
