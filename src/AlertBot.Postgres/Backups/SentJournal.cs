using System.Globalization;
using System.Text;
using AlertBot.Postgres.Cluster;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Postgres.Backups;

/// <summary>
/// What was told, written to a file outside the database and never changed: after a restore it says what was sent since the backup was
/// made. A line is a time and a keyed hash of cause and address, which tells nothing to anybody else. A file for each month and node.
/// </summary>
public sealed class SentJournal : IDisposable
{
    /// <summary>Of the hash so many bytes are kept: enough that two never meet.</summary>
    public const int PrintSize = 16;

    private const string Pattern = "sent-*.log";
    private static readonly LocalDatePattern Month = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM");

    private readonly string _directory;
    private readonly string _node = Guid.NewGuid().ToString("N")[..8];
    private readonly Lock _writing = new();
    private FileStream? _file;
    private string? _name;

    public SentJournal(string directory) => _directory = directory;

    /// <summary>It is in the hands of the operating system when this returns, so that no death of the program loses it.</summary>
    public void Add(Instant at, IReadOnlyCollection<byte[]> prints)
    {
        if (prints.Count == 0)
            return;

        var lines = new StringBuilder();
        foreach (var print in prints)
            lines.Append(CultureInfo.InvariantCulture, $"{InstantPattern.General.Format(at)} {Convert.ToBase64String(print.AsSpan(0, PrintSize))}\n");
        lock (_writing)
        {
            try
            {
                var file = FileOf(at);
                file.Write(Encoding.ASCII.GetBytes(lines.ToString()));
                file.Flush();
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                // The message has been sent and is on file as that. Without a journal a restore marks more than it must, and loses nothing.
                _file?.Dispose();
                _file = null;
            }
        }
    }

    /// <summary>Everything that any node wrote down since then. A line that was cut off by a crash is left out.</summary>
    public static IReadOnlyList<(Instant At, byte[] Print)> Read(IEnumerable<string> directories, Instant since) =>
        [.. directories.Where(Directory.Exists).SelectMany(directory => Directory.EnumerateFiles(directory, Pattern))
            .SelectMany(File.ReadLines).Select(Parse).OfType<(Instant At, byte[] Print)>().Where(line => line.At >= since)];

    /// <summary>Removes the files of months before that one.</summary>
    public static void Prune(string directory, LocalDate before)
    {
        foreach (var file in Directory.Exists(directory) ? Directory.EnumerateFiles(directory, Pattern) : [])
        {
            if (string.CompareOrdinal(Path.GetFileName(file), $"sent-{Month.Format(before)}") < 0)
                File.Delete(file);
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private FileStream FileOf(Instant at)
    {
        var name = $"sent-{Month.Format(at.InUtc().Date)}-{_node}.log";
        if (_file is not null && name == _name)
            return _file;

        _file?.Dispose();
        OwnerOnly.EnsureDirectory(_directory);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        (_file, _name) = (new FileStream(Path.Combine(_directory, name), options), name);
        return _file;
    }

    private static (Instant At, byte[] Print)? Parse(string line)
    {
        if (line.Split(' ') is not [var time, var print] || !InstantPattern.General.Parse(time).TryGetValue(default, out var at))
            return null;
        var bytes = new byte[PrintSize];
        return Convert.TryFromBase64String(print, bytes, out var size) && size == PrintSize ? (at, bytes) : null;
    }
}
