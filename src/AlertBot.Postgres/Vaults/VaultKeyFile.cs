using System.Security.Cryptography;
using System.Text;
using AlertBot.Postgres.Cluster;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// The keys on disk, mode 0600, one on each line: <c>seal</c>, <c>lookup</c>, <c>backup</c> or <c>backup-public</c>, the id in hexadecimal, the key
/// in base64. The first sealing key seals, the others only open. Lines that begin with # are notes.
/// </summary>
public static class VaultKeyFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Writes new random keys. The file appears whole or not at all. An existing file is never overwritten, because everything sealed with its
    /// keys would be lost.
    /// </summary>
    /// <exception cref="VaultException">The file exists, or cannot be written.</exception>
    public static void CreateNew(string path)
    {
        using var keys = KeyRing.New();
        Create(path, keys);
    }

    /// <inheritdoc cref="CreateNew"/>
    public static void Create(string path, KeyRing keys)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            Write(draft, keys);
            // Without overwriting, .NET links the new name before it removes the old one, so that the first of two writers wins.
            File.Move(draft, path, overwrite: false);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw new VaultException(
                File.Exists(path)
                    ? $"There is a key file at {path} already; it is never overwritten."
                    : $"The key file {path} cannot be written: is its directory there, and may this user write to it?",
                refusal);
        }
    }

    /// <summary>
    /// Replaces the keys in the file and keeps its owner. A reader at the same moment sees the old file or the new one, whole.
    /// The old content is overwritten on the disk as far as the disk allows.
    /// </summary>
    /// <exception cref="VaultException">The file cannot be written; the old one stays.</exception>
    public static async Task ReplaceAsync(string path, KeyRing keys, CancellationToken ct)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            Write(draft, keys);
            if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
                await ServerCommand.RunAsync(ServerAccount.Current, ["chown", $"--reference={path}", "--", draft], ct: ct);
            await using var old = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            File.Move(draft, path, overwrite: true);
            await old.WriteAsync(new byte[old.Length], CancellationToken.None);
            old.Flush(flushToDisk: true);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw new VaultException($"The key file {path} cannot be written: may this user write to its directory, and is there room?", refusal);
        }
    }

    /// <summary>Overwrites the keys and removes the file. After that nobody can read the database.</summary>
    public static void Destroy(string path)
    {
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Write(RandomNumberGenerator.GetBytes((int)file.Length));
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }

    /// <exception cref="VaultException">The file is missing, readable by others, or damaged; the message says which and what to do.</exception>
    public static KeyRing Read(string path)
    {
        if (!File.Exists(path))
            throw new VaultException(
                $"The key file {path} is not there. Without it nobody can read what is stored: restore it from your copy, "
                + "or join two parts of it (alertbot keys join).");

        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & Others) != 0)
            throw new VaultException(
                $"The key file {path} is open to other users (mode {Octal(mode)}). Run: chmod 600 '{path}'");

        var content = Content(path);
        try
        {
            return KeyLines.Read(content, how => Damaged(path, how));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static void Write(string draft, KeyRing keys)
    {
        var note = Encoding.ASCII.GetBytes(
            "# AlertBot's keys. Without this file nobody, not even you, can read the database: 'alertbot keys split' makes three\n" +
            "# parts of it on paper, of which two give it back. Keep no copy of it beside copies of the database.\n");
        var lines = KeyLines.Write(keys);
        using var file = OwnerOnly.CreateFile(draft);
        file.Write(note);
        file.Write(lines);
        file.Flush(flushToDisk: true);
        CryptographicOperations.ZeroMemory(lines);
    }

    private static byte[] Content(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new VaultException($"The key file {path} cannot be read by this user.", refusal);
        }
    }

    private static VaultException Damaged(string path, string how) =>
        new($"The key file {path} is damaged: {how}. Restore it from your copy.");

    private static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8).PadLeft(3, '0');
}
