using System.CommandLine;
using AlertBot.Hosting;
using AlertBot.Workflows.Overdue;
using NodaTime;

namespace AlertBot.Cli;

/// <summary><c>doctor</c>: says what is well, what is not, and what to do about it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("doctor", "Checks configuration, keys, database, backups, jobs, what waits, and the messengers.") { json };
        command.SetAction(async (parsed, ct) =>
        {
            var ground = Ground.Load();
            Output.Report(ground.Problems);
            var findings = await FindingsAsync(ground, ct);
            if (parsed.GetValue(json))
                Output.Json(findings);
            else
                findings.ForEach(one => Output.Line($"{(one.IsWell ? "ok " : "BAD")}  {one.What,-22} {one.Sentence}"));
            return findings.All(one => one.IsWell) ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    // A database that cannot be opened is a finding like any other, and the checks without it still run.
    private static async Task<List<Finding>> FindingsAsync(Ground ground, CancellationToken ct)
    {
        using var waiting = Waiting.For("looking at everything");
        var findings = new List<Finding> { MachineChecks.Configuration(ground) };
        try
        {
            using var log = Output.QuietLog();
            await using var storage = await Storage.OpenAsync(ground, log, ct);
            await using var jobs = JobsHere.Of(ground, storage);
            findings.Add(MachineChecks.Place(storage));
            findings.AddRange(await new Doctor(ground, storage.Database, storage.Backups, jobs.Board, SystemClock.Instance).LookAsync(ct));
        }
        catch (OperatorProblem problem)
        {
            findings.Add(new Finding("database", false, problem.Message));
        }

        findings.AddRange(await MessengerChecks.AskAsync(ground, ct));
        return findings;
    }
}
