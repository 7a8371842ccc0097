using System.Globalization;
using AlertBot.Postgres.Migrations;
using AlertBot.Postgres.Vaults;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Postgres.Backups;

/// <summary>A backup whose key is here. Every byte of it was looked at before anything is done with it.</summary>
public sealed class OpenBackup
{
    private readonly string _path;
    private readonly byte[] _head;
    private readonly byte[] _fileKey;

    private OpenBackup(string path, BackupHeader header, byte[] head, byte[] fileKey) =>
        (_path, Header, _head, _fileKey) = (path, header, head, fileKey);

    public BackupHeader Header { get; }

    public Instant MadeAt => InstantPattern.General.Parse(Header.MadeAt).Value;

    /// <exception cref="BackupProblem">It cannot be read, is of a newer program, for another key, or changed; each in its own words.</exception>
    public static async Task<OpenBackup> OpenAsync(string path, BackupKey key, CancellationToken ct)
    {
        await using var file = Read(path);
        var (header, head) = BackupHeader.Read(file);
        header.CheckVersion(Migration.EmbeddedIn(typeof(Migrator).Assembly)[^1].Number);
        if (header.Key != key.Id.ToString("x8", CultureInfo.InvariantCulture))
            throw new BackupProblem(
                $"The backup is encrypted to the backup key {header.Key}, and the one at hand is {key.Id:x8}. "
                + "Take the parts that were printed before it was made (--with PART --with PART).");
        if (!key.OpensBackups)
            throw new BackupProblem(
                $"The private half of the backup key {header.Key} is not in this key file. Name two parts: --with PART --with PART");

        var backup = new OpenBackup(path, header, head, FileKeyOf(header, key));
        if (!InstantPattern.General.Parse(header.MadeAt).Success)
            throw new BackupProblem("The beginning of the backup was changed or damaged.");
        await using var all = backup.Content();
        await all.CopyToAsync(Stream.Null, ct);
        return backup;
    }

    /// <summary>Restores it into an empty database.</summary>
    /// <returns>How many rows there are.</returns>
    /// <exception cref="BackupProblem">It cannot be; nothing is half done.</exception>
    public async Task<long> RestoreAsync(string connectionString, CancellationToken ct)
    {
        await using var content = Content();
        var manifest = await BackupManifest.ReadAsync(content, ct);
        await RestoreDump.RunAsync(content, connectionString, ct);
        await RestoreDump.CompareAsync(connectionString, manifest, ct);
        return manifest.AllRows;
    }

    /// <summary>Puts the rows in it into tables that are there and empty.</summary>
    /// <exception cref="BackupProblem">It cannot be; nothing is half done.</exception>
    internal async Task RestoreDataAsync(string connectionString, CancellationToken ct)
    {
        await using var content = Content();
        await BackupManifest.ReadAsync(content, ct);
        await RestoreDump.RunAsync(content, connectionString, ct, "--data-only");
    }

    /// <summary>The keys that open what is in it.</summary>
    public async Task<KeyRing> KeysAsync(CancellationToken ct)
    {
        await using var content = Content();
        return RestoreDump.KeysOf(await BackupManifest.ReadAsync(content, ct));
    }

    private OpeningStream Content()
    {
        var file = Read(_path);
        file.Seek(_head.Length, SeekOrigin.Begin);
        return new OpeningStream(file, _fileKey, _head);
    }

    private static byte[] FileKeyOf(BackupHeader header, BackupKey key)
    {
        try
        {
            using var share = BackupKey.FromPublic(Convert.FromBase64String(header.Share));
            return BackupHeader.FileKey(key.AgreeWith(share), share, key);
        }
        catch (Exception damage) when (damage is FormatException or VaultException)
        {
            throw new BackupProblem("The beginning of the backup was changed or damaged.", damage);
        }
    }

    private static FileStream Read(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new BackupProblem($"The file {path} cannot be read: is it there, and may this user read it?", refusal);
        }
    }
}
