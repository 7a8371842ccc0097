using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using AlertBot.Postgres.Vaults;

namespace AlertBot.Postgres.Backups;

/// <summary>
/// What stands in front of a backup in clear: how it was made, and for whose key. It tells nothing of what is inside, and is bound to
/// it: changed, nothing opens.
/// </summary>
/// <param name="Format">Of the file.</param>
/// <param name="Newest">Number of the newest migration of the database.</param>
/// <param name="Key">Id of the backup key, in hexadecimal.</param>
/// <param name="Share">The public half of a key made for this backup alone, in base64.</param>
public sealed record BackupHeader(int Format, string MadeAt, string Program, int Newest, int Postgres, string Key, string Share)
{
    /// <summary>The format that this program writes, and the newest that it reads.</summary>
    public const int Current = 1;

    private const int LongestHeader = 64 * 1024;

    private static ReadOnlySpan<byte> Magic => "alertbot-backup\n"u8;

    internal byte[] ToBytes()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, json.Length);
        return [.. Magic, .. length, .. json];
    }

    /// <exception cref="BackupProblem">It is no backup, or one of a newer program.</exception>
    internal static (BackupHeader Header, byte[] Bytes) Read(Stream from)
    {
        var head = new byte[Magic.Length + sizeof(int)];
        if (from.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan().StartsWith(Magic))
            throw new BackupProblem("This is no backup of AlertBot, or its beginning was changed.");

        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(Magic.Length));
        var json = new byte[Math.Clamp(length, 0, LongestHeader)];
        if (from.ReadAtLeast(json, json.Length, throwOnEndOfStream: false) < json.Length)
            throw new BackupProblem("The backup is cut off: only its beginning is here.");
        try
        {
            var header = JsonSerializer.Deserialize<BackupHeader>(json);
            return header is not null
                ? (header, [.. head, .. json])
                : throw new BackupProblem("The beginning of the backup was changed or damaged.");
        }
        catch (JsonException)
        {
            throw new BackupProblem("The beginning of the backup was changed or damaged.");
        }
    }

    /// <summary>Refuses what this program cannot read.</summary>
    /// <param name="known">The newest migration that this program knows.</param>
    /// <exception cref="BackupProblem">A newer program made it.</exception>
    internal void CheckVersion(int known)
    {
        if (Format > Current)
            throw new BackupProblem(
                $"The backup was made by a newer AlertBot ({Program}): its format is {Format}, this one reads up to {Current}. Install that one.");
        if (Newest > known)
            throw new BackupProblem(
                $"The backup was made by a newer AlertBot ({Program}): its database has migration {Newest:0000}, and this one knows them up to "
                + $"{known:0000}. Install that one.");
    }

    /// <summary>The key that everything behind the header is encrypted with.</summary>
    internal static byte[] FileKey(byte[] agreed, BackupKey share, BackupKey recipient)
    {
        try
        {
            return HKDF.DeriveKey(
                HashAlgorithmName.SHA256, agreed, VaultKey.Size, salt: [.. share.RevealPublic(), .. recipient.RevealPublic()],
                info: "alertbot/backup/file/1"u8.ToArray());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(agreed);
        }
    }
}
