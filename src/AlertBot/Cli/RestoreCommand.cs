using System.CommandLine;
using System.Globalization;
using AlertBot.Hosting;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Backups;
using NodaTime;

namespace AlertBot.Cli;

/// <summary><c>restore FILE</c>: restores a backup into an empty database.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The backup." };
        var with = new Option<string[]>("--with") { Description = "A part of the keys, twice: a file, or - to type or scan it in." };
        var journals = new Option<string[]>("--journal")
        {
            Description = "A directory in which the lost machine wrote down what it sent, once or more; by default that of the settings.",
        };
        var latest = new Option<string?>("--latest")
        {
            Description = $"The copy of what no backup holds; by default {LatestCopy.FileName} beside the backup.",
        };
        var command = new Command("restore", "Puts a backup into an empty place. Opened with two parts of the keys, or the key file.")
        {
            file, with, journals, latest,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var ground = Ground.Load();
            var directory = ground.Settings.ConnectionString is null ? await Storage.PlaceAsync(ground, ct) : ground.DataDirectory;
            try
            {
                return await RestoreAsync(
                    ground, directory, parsed.GetRequiredValue(file), parsed.GetValue(latest), parsed.GetValue(with) ?? [],
                    parsed.GetValue(journals) ?? [], ct);
            }
            catch (Exception problem) when (problem is BackupProblem or VaultException)
            {
                return Output.Refuse(problem.Message);
            }
        });
        return command;
    }

    private static async Task<int> RestoreAsync(
        Ground ground, string directory, string file, string? latest, string[] parts, string[] journals, CancellationToken ct)
    {
        var keyFile = Storage.KeyFileOf(ground, directory);
        using var given = KeysAt(keyFile, parts);
        if (given.Backup is not { } backupKey)
            return Output.Refuse($"{(parts.Length > 0 ? "These parts hold" : $"The key file {keyFile} holds")} no backup key.");

        var began = TimeProvider.System.GetTimestamp();
        var backup = await OpenBackup.OpenAsync(file, backupKey, ct);
        using var inside = await backup.KeysAsync(ct);
        using var keys = inside with { Backup = File.Exists(keyFile) ? backupKey : backupKey.PublicHalf() };
        CheckKeyFile(keyFile, keys);

        using var log = Output.QuietLog();
        long rows;
        using (Waiting.For("filling the empty place"))
        {
            await using var place = await EmptyPlace.OpenAsync(ground, directory, log, ct);
            rows = await place.FillAsync(backup, keyFile, keys, ct);
        }

        await using var storage = await Storage.OpenAsync(ground, log, ct, mayMigrate: true);
        latest ??= Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, LatestCopy.FileName);
        var forgotten = await LatestCopy.RestoreAsync(latest, backupKey, storage.Backups.Connection, ct);
        var journal = JournalOf(storage, journals, backup.MadeAt);
        await using var session = await storage.Database.BeginAsync(ct);
        var (sent, marked) = await new TellRestored(new Alerts(ground.Texts)).RunAsync(session, backup.MadeAt, journal);
        await session.CommitAsync(ct);

        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        Output.Line(string.Create(CultureInfo.InvariantCulture, $"Restored: {rows} rows of {backup.MadeAt}, in {seconds:0.0} s."));
        Output.Line(File.Exists(latest)
            ? $"{forgotten} reports were forgotten since, or came before the copy in {latest}: they stay forgotten."
            : $"{latest} is not there: {forgotten} reports cannot be read any more, and reporters are known again once they write.");
        Output.Line($"Missing: whatever came between {backup.MadeAt} and now. Owners are told so once the bot runs.");
        Output.Line(journal is null
            ? $"There is no journal of what was sent since: {marked} waiting messages, and those of the next day, say that they may be a repeat."
            : $"{journal.Count} messages were sent since, as the journal says: {sent} that were waiting count as sent, the others come with a note.");
        Output.Line("Now look: alertbot doctor. Then: alertbot serve");
        return CommandLine.Done;
    }

    private static KeyRing KeysAt(string keyFile, string[] parts) => parts switch
    {
        [var one, var other] => KeyParts.Join(KeysCommand.PartOf(one), KeysCommand.PartOf(other)),
        [] => VaultKeyFile.Read(keyFile),
        _ => throw new OperatorProblem("Name two parts: --with PART --with PART"),
    };

    // An existing key file with the backup's keys stays. Any other may be somebody's only copy.
    private static void CheckKeyFile(string keyFile, KeyRing keys)
    {
        if (!File.Exists(keyFile))
            return;
        using var there = VaultKeyFile.Read(keyFile);
        if (keys.Sealing.Any(key => there.Sealing.All(one => one.Id != key.Id)) || there.Lookup.Id != keys.Lookup.Id)
            throw new OperatorProblem(
                $"The key file {keyFile} holds other keys than the backup. It is left as it is: move it away, and restore again with two parts.");
    }

    private static IReadOnlyList<(Instant At, byte[] Print)>? JournalOf(Storage storage, string[] directories, Instant since)
    {
        var places = directories.Length > 0 ? directories : [storage.Backups.Journal];
        return places.Any(place => Directory.Exists(place) && Directory.EnumerateFiles(place, "sent-*.log").Any())
            ? SentJournal.Read(places, since)
            : null;
    }
}
