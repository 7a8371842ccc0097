using System.Globalization;
using AlertBot.Domain.Law;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Overdue;
using NodaTime;

namespace AlertBot.Hosting;

/// <summary>Checks of this machine's configuration, keys and disk.</summary>
internal static class MachineChecks
{
    private const long LeastFree = 1L << 30;
    private const long Megabyte = 1 << 20;

    public static Finding Configuration(Ground ground) => new("configuration", ground.Problems.Count == 0, ground.Problems.Count == 0
        ? $"{ground.Law.Rules.Count} rules, {ground.Law.Calendars.Count} calendars, {ground.Texts.Languages.Count} languages"
        : $"{ground.Problems.Count} mistakes, listed above");

    public static Finding Place(Storage storage) => new(
        "database", true, storage.PrivateVersion is { } version
            ? $"private PostgreSQL {version}, up to date"
            : "the server of the connection string, up to date");

    /// <summary>Where the keys lie, and whether they would survive the loss of this machine.</summary>
    public static IEnumerable<Finding> Keys(BackupPlan plan, KeyRing keys, IReadOnlyCollection<uint>? printed)
    {
        yield return new Finding("keys", true, $"they belong to the database; what is new is sealed with {keys.Sealing[0].Id:x8}");
        if (IsUnder(plan.KeyFile, plan.Directory))
            yield return new Finding(
                "key file", false, $"it lies in {plan.Directory}, which is copied elsewhere: whoever has a copy reads everything. Move it, and name "
                + "its place in Encryption__KeyFile");
        else
            yield return new Finding(
                "key file", true, $"{plan.KeyFile}. Copy backups, and not this directory: whoever has both reads everything");
        yield return printed switch
        {
            null => new Finding("key parts", false, "the keys are on this machine alone: print parts of them (alertbot keys split)"),
            _ when !printed.Contains(keys.Sealing[0].Id) => new Finding(
                "key parts", false, "the parts that were printed do not hold the key in use: print new ones (alertbot keys split)"),
            _ when keys.Backup is { OpensBackups: true } => new Finding(
                "key parts", true, "printed. What opens backups still lies on this machine: alertbot keys take-away PART PART"),
            _ => new Finding("key parts", true, "printed, and what opens backups is on paper alone"),
        };
    }

    public static Finding Disk(string directory)
    {
        var drive = new DriveInfo(Existing(directory));
        var free = (drive.AvailableFreeSpace / Megabyte).ToString("N0", CultureInfo.InvariantCulture);
        return drive.AvailableFreeSpace > LeastFree
            ? new Finding("disk", true, $"{free} MB free in {directory}")
            : new Finding("disk", false, $"only {free} MB free in {directory}: the database stops when there is none left");
    }

    /// <summary>For a year without a calendar, working days are guessed so that deadlines come early rather than late.</summary>
    public static Finding Calendars(LawBook law, Instant now)
    {
        var year = now.InUtc().Year;
        var missing = law.Calendars.SelectMany(
            calendar => new[] { year, year + 1 }.Where(one => !calendar.Years.Contains(one)).Select(one => $"{calendar.Jurisdiction} {one}"))
            .Order(StringComparer.Ordinal).ToList();
        // The decrees on next year's working days appear in autumn.
        var isBad = missing.Any(one => one.EndsWith($" {year}", StringComparison.Ordinal));
        return new Finding("calendars", !isBad, missing.Count == 0
            ? $"all have {year} and {year + 1}"
            : $"missing: {string.Join(", ", missing)}. Limits in working days end early there, until config/law/*/calendar.yaml has them");
    }

    internal static long FreeBytes(string directory) => new DriveInfo(Existing(directory)).AvailableFreeSpace;

    private static string Existing(string directory)
    {
        while (!Directory.Exists(directory) && Path.GetDirectoryName(directory) is { } parent)
            directory = parent;
        return directory;
    }

    private static bool IsUnder(string file, string directory) =>
        Path.GetFullPath(file).StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal);
}
