using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlertBot.Postgres.Cluster;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// Master keys on disk, mode 0600. One key per line: its id in hexadecimal, a space, the 32 bytes in base64.
/// The first key is the one new data is sealed with, the others open what was sealed before them.
/// Lines that begin with # are notes.
/// </summary>
public static class VaultKeyFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Writes a new random master key. The file appears whole or not at all, and an existing one is never
    /// overwritten: losing it would mean losing everything sealed with it.
    /// </summary>
    /// <exception cref="VaultException">The file exists, or cannot be written.</exception>
    public static void CreateNew(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        using var key = VaultKey.New();
        var master = key.Reveal();
        try
        {
            Write(draft, key.Id, master);
            // Without overwriting, .NET links the new name before it removes the old one: the first of two wins.
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
        finally
        {
            CryptographicOperations.ZeroMemory(master);
        }
    }

    /// <summary>Reads the keys; the first is the one to seal with.</summary>
    /// <exception cref="VaultException">Missing, readable by others, or damaged; the message says which and what to do.</exception>
    public static IReadOnlyList<VaultKey> Read(string path)
    {
        if (!File.Exists(path))
            throw new VaultException(
                $"The key file {path} is not there. Without it nobody can read what is stored: restore it from your copy.");

        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & Others) != 0)
            throw new VaultException(
                $"The key file {path} is open to other users (mode {Octal(mode)}). Run: chmod 600 '{path}'");

        var content = Content(path);
        try
        {
            var keys = Keys(path, content).ToList();
            return keys.Count > 0 ? keys : throw Damaged(path, "it holds no key");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static void Write(string draft, uint id, byte[] master)
    {
        var line = Encoding.ASCII.GetBytes(
            "# AlertBot master key. Keep a copy in a safe place away from this machine:\n" +
            "# without it nobody, not even you, can read the database or its backups.\n" +
            $"{id:x8} {Convert.ToBase64String(master)}\n");
        using var file = OwnerOnly.CreateFile(draft);
        file.Write(line);
        file.Flush(flushToDisk: true);
        CryptographicOperations.ZeroMemory(line);
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

    private static IEnumerable<VaultKey> Keys(string path, byte[] content)
    {
        var start = 0;
        for (var number = 1; start < content.Length; number++)
        {
            var length = Array.IndexOf(content, (byte)'\n', start) is var end and >= 0 ? end - start : content.Length - start;
            var line = content.AsMemory(start, length);
            start += length + 1;

            if (Key(path, number, line.Span) is { } key)
                yield return key;
        }
    }

    private static VaultKey? Key(string path, int number, ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\r"u8);
        if (line.IsEmpty || line[0] == '#')
            return null;

        if (line.IndexOf((byte)' ') is not 8
            || !uint.TryParse(line[..8], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id))
            throw Damaged(path, $"line {number} is not \"<id of 8 hexadecimal digits> <key in base64>\"");

        Span<byte> master = stackalloc byte[128];
        try
        {
            var status = System.Buffers.Text.Base64.DecodeFromUtf8(line[9..].Trim((byte)' '), master, out _, out var size);
            if (status != System.Buffers.OperationStatus.Done)
                throw Damaged(path, $"the key in line {number} is not base64");
            if (size != VaultKey.Size)
                throw Damaged(path, $"the key in line {number} has {size} bytes instead of {VaultKey.Size}");

            var key = new VaultKey(master[..size]);
            return key.Id == id ? key : throw Damaged(path, $"the key in line {number} does not belong to its id");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(master);
        }
    }

    private static VaultException Damaged(string path, string how) =>
        new($"The key file {path} is damaged: {how}. Restore it from your copy.");

    private static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8).PadLeft(3, '0');
}
