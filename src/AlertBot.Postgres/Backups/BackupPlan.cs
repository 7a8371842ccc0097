using NodaTime;

namespace AlertBot.Postgres.Backups;

/// <summary>What is backed up, where to, and for how long it is kept. Prints as a mask: it holds a password.</summary>
/// <param name="Connection">The database.</param>
/// <param name="Journal">Where it is written down what was sent.</param>
/// <param name="Keep">So many backups are kept at most.</param>
/// <param name="KeepFor">None is kept for longer, except the newest.</param>
/// <param name="At">When the daily one is made, by the clock of the machine.</param>
/// <param name="Program">The version of the program that makes them.</param>
public sealed record BackupPlan(
    string Connection, string KeyFile, string Directory, string Journal, int Keep, Duration KeepFor, LocalTime At, string Program)
{
    public MakeBackup Maker => new(Connection, KeyFile, Directory, Program);

    /// <summary>Removes backups that are more than are kept, or too old.</summary>
    /// <returns>How many.</returns>
    public int Prune(Instant now)
    {
        var files = System.IO.Directory.Exists(Directory)
            ? new DirectoryInfo(Directory).GetFiles("alertbot-*.backup").OrderByDescending(file => file.Name, StringComparer.Ordinal).ToList()
            : [];
        var old = files.Where((file, at) => at >= Keep || (at > 0 && Instant.FromDateTimeUtc(file.LastWriteTimeUtc) < now - KeepFor)).ToList();
        old.ForEach(file => file.Delete());
        SentJournal.Prune(Journal, (now - KeepFor).InUtc().Date);
        return old.Count;
    }

    public override string ToString() => $"(backups in {Directory})";
}
