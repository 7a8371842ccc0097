using System.Globalization;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Stores;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Postgres.Backups;

/// <summary>
/// The newest link of the audit log's chain, written down outside the database now and then. Whoever cuts off the end of the log, or puts
/// another in its place, is found by it.
/// </summary>
public sealed class ChainAnchors(string directory)
{
    private readonly string _file = Path.Combine(directory, "audit.log");

    public void Keep(ChainHead head, Instant at)
    {
        OwnerOnly.EnsureDirectory(directory);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(_file, options);
        file.Write(string.Create(
            CultureInfo.InvariantCulture, $"{InstantPattern.General.Format(at)} {head.Place} {Convert.ToBase64String(head.Link)}\n"));
    }

    /// <param name="since">Those of before a restore are of another chain.</param>
    public IReadOnlyList<ChainHead> Read(Instant since) => !File.Exists(_file) ? [] :
        [.. File.ReadLines(_file).Select(line => line.Split(' ')).Where(parts => parts.Length == 3)
            .Where(parts => InstantPattern.General.Parse(parts[0]).TryGetValue(default, out var at) && at >= since)
            .Select(parts => new ChainHead(long.Parse(parts[1], CultureInfo.InvariantCulture), Convert.FromBase64String(parts[2])))];
}
