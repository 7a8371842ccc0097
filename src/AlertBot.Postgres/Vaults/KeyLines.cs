using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Postgres.Vaults;

/// <summary>Keys as lines of text, in the key file and inside a backup.</summary>
internal static class KeyLines
{
    private const string Seal = "seal";
    private const string Lookup = "lookup";
    private const string Backup = "backup";
    private const string BackupPublic = "backup-public";

    /// <summary>Longer than any key in base64.</summary>
    private const int LongestKey = 128;

    /// <summary>A new array each time: wipe it after use.</summary>
    public static byte[] Write(KeyRing keys)
    {
        var text = new StringBuilder();
        foreach (var key in keys.Sealing)
            Line(Seal, key.Id, key.Reveal());
        Line(Lookup, keys.Lookup.Id, keys.Lookup.Reveal());
        if (keys.Backup is { } backup)
        {
            var secret = backup.RevealPrivate();
            Line(secret is null ? BackupPublic : Backup, backup.Id, secret ?? backup.RevealPublic());
        }

        return Encoding.ASCII.GetBytes(text.ToString());

        void Line(string kind, uint id, byte[] key)
        {
            text.Append(CultureInfo.InvariantCulture, $"{kind} {id:x8} {Convert.ToBase64String(key)}\n");
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <param name="damaged">Makes the exception from what is wrong.</param>
    public static KeyRing Read(ReadOnlyMemory<byte> content, Func<string, VaultException> damaged)
    {
        var sealing = new List<VaultKey>();
        VaultKey? lookup = null;
        BackupKey? backup = null;
        var number = 0;
        while (!content.IsEmpty)
        {
            number++;
            var end = content.Span.IndexOf((byte)'\n');
            var line = (end < 0 ? content : content[..end]).Span.Trim(" \t\r"u8);
            content = end < 0 ? default : content[(end + 1)..];
            if (line.IsEmpty || line[0] == '#')
                continue;

            var (kind, id, key) = Parse(line, number, damaged);
            try
            {
                switch (kind)
                {
                    case Lookup when lookup is null:
                        lookup = Key(key, id, number, damaged);
                        break;
                    case Seal:
                        sealing.Add(Key(key, id, number, damaged));
                        break;
                    case Backup or BackupPublic when backup is null:
                        backup = BackupOf(kind, key, id, number, damaged);
                        break;
                    default:
                        throw damaged($"line {number} is there twice, or is none of {Seal}, {Lookup}, {Backup} and {BackupPublic}");
                }
            }
            finally
            {
                CryptographicOperations.ZeroMemory(key);
            }
        }

        if (sealing.Count == 0)
            throw damaged("it holds no key");

        // Older files have only one kind of key, with new keys at the top. Their last key makes the look-up hashes.
        if (lookup is null)
        {
            var oldest = sealing[^1].Reveal();
            lookup = new VaultKey(oldest);
            CryptographicOperations.ZeroMemory(oldest);
        }

        return new KeyRing(sealing, lookup, backup);
    }

    private static VaultKey Key(byte[] bytes, uint id, int line, Func<string, VaultException> damaged)
    {
        if (bytes.Length != VaultKey.Size)
            throw damaged($"the key in line {line} has {bytes.Length} bytes instead of {VaultKey.Size}");
        var key = new VaultKey(bytes);
        return key.Id == id ? key : throw damaged($"the key in line {line} does not belong to its id");
    }

    private static BackupKey BackupOf(string kind, byte[] bytes, uint id, int line, Func<string, VaultException> damaged)
    {
        try
        {
            var key = kind == Backup ? BackupKey.FromPrivate(bytes) : BackupKey.FromPublic(bytes);
            return key.Id == id ? key : throw damaged($"the key in line {line} does not belong to its id");
        }
        catch (VaultException refusal) when (refusal.InnerException is CryptographicException)
        {
            throw damaged($"what stands in line {line} is no key");
        }
    }

    private static (string Kind, uint Id, byte[] Key) Parse(ReadOnlySpan<byte> line, int number, Func<string, VaultException> damaged)
    {
        // A line without a kind, as in older files, is a sealing key.
        var kind = Seal;
        var blank = line.IndexOf((byte)' ');
        if (blank > 0 && (blank != 8 || line[(blank + 1)..].Contains((byte)' ')))
        {
            kind = Encoding.ASCII.GetString(line[..blank]);
            line = line[(blank + 1)..].TrimStart((byte)' ');
        }

        if (line.IndexOf((byte)' ') is not 8
            || !uint.TryParse(line[..8], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id))
            throw damaged($"line {number} is not \"<what for> <id of 8 hexadecimal digits> <key in base64>\"");

        Span<byte> key = stackalloc byte[LongestKey];
        var status = Base64.DecodeFromUtf8(line[9..].Trim((byte)' '), key, out _, out var size);
        if (status != OperationStatus.Done)
            throw damaged($"the key in line {number} is not base64");
        var bytes = key[..size].ToArray();
        CryptographicOperations.ZeroMemory(key);
        return (kind, id, bytes);
    }
}
