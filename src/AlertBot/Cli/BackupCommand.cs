using System.CommandLine;
using System.Globalization;
using AlertBot.Hosting;
using AlertBot.Postgres.Backups;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Backups;
using NodaTime;

namespace AlertBot.Cli;

/// <summary><c>backup</c>: makes a backup now, as the daily job does.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("backup", "Makes an encrypted backup now, restores it into a scratch database, and compares.") { json };
        command.SetAction(async (parsed, ct) => await Output.WithStorageAsync(async (ground, storage) =>
        {
            var backUp = new BackUp(storage.Database, new Alerts(ground.Texts), SystemClock.Instance);
            try
            {
                var made = await MakeAsync(backUp, storage, ct);
                var path = Path.Combine(storage.Backups.Directory, made.File);
                if (parsed.GetValue(json))
                    Output.Json(new { file = path, made.Bytes, made.Rows, seconds = made.Took.TotalSeconds, verified = made.Unverified is null });
                else
                    Output.Line(string.Create(
                        CultureInfo.InvariantCulture, $"{path}: {made.Rows} rows, {made.Bytes} bytes, {made.Took.TotalSeconds:0.0} s"));
                if (made.Unverified is { } why)
                    return Output.Refuse(why);
                if (!parsed.GetValue(json))
                    Output.Line("Restored into a scratch database: every table has its rows, and the keys in it open it.");
                return CommandLine.Done;
            }
            catch (BackupProblem problem)
            {
                return Output.Refuse(problem.Message);
            }
        }, ct));
        return command;
    }

    private static async Task<BackupMade> MakeAsync(BackUp backUp, Storage storage, CancellationToken ct)
    {
        using var waiting = Waiting.For("making a backup and restoring it into a scratch database");
        return await backUp.RunAsync(storage.Backups, ct);
    }
}
