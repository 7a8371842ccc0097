using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// The key pair to which backups are encrypted (ECDH on P-256). Making a backup needs the public half, restoring one the private half, which need not
/// be on the machine that makes backups.
/// </summary>
public sealed class BackupKey : IDisposable
{
    /// <summary>Length of the private half, in bytes.</summary>
    public const int PrivateSize = 32;

    private const int Half = 32;
    private const int PublicSize = 2 * Half;

    private readonly byte[] _public;
    private readonly byte[]? _private;

    private BackupKey(byte[] publicHalf, byte[]? privateHalf)
    {
        (_public, _private) = (publicHalf, privateHalf);
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. "alertbot/backup/id/1"u8, .. publicHalf]));
    }

    /// <summary>Stands in the header of every backup. Derived from the public half.</summary>
    public uint Id { get; }

    public bool OpensBackups => _private is not null;

    public static BackupKey New()
    {
        using var made = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Of(made.ExportParameters(includePrivateParameters: true));
    }

    /// <exception cref="VaultException">These bytes are no key.</exception>
    public static BackupKey FromPrivate(ReadOnlySpan<byte> privateHalf)
    {
        try
        {
            using var made = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = privateHalf.ToArray() });
            return Of(made.ExportParameters(includePrivateParameters: true));
        }
        catch (CryptographicException refusal)
        {
            throw new VaultException("These bytes are no key of backups.", refusal);
        }
    }

    /// <exception cref="VaultException">These bytes are no key.</exception>
    public static BackupKey FromPublic(ReadOnlySpan<byte> publicHalf)
    {
        if (publicHalf.Length != PublicSize)
            throw new VaultException($"The public half of a backup key has {PublicSize} bytes, this one has {publicHalf.Length}.");

        var key = new BackupKey(publicHalf.ToArray(), null);
        try
        {
            // Refuses a point that is not on the curve here, and not when the first backup is due.
            using var check = key.Public();
            return key;
        }
        catch (CryptographicException refusal)
        {
            throw new VaultException("These bytes are no key of backups.", refusal);
        }
    }

    public BackupKey PublicHalf() => new(_public, null);

    /// <summary>The secret that only the owners of the two private halves can compute: ours, or that of <paramref name="other"/>.</summary>
    /// <exception cref="VaultException">The private half is not here.</exception>
    internal byte[] AgreeWith(BackupKey other)
    {
        if (_private is null)
            throw new VaultException($"The private half of the backup key {Id:x8} is not here.");

        using var mine = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = _private, Q = Point(_public) });
        using var theirs = other.Public();
        return mine.DeriveRawSecretAgreement(theirs.PublicKey);
    }

    internal byte[] RevealPublic() => [.. _public];

    /// <summary>A new array each time: wipe it after use.</summary>
    public byte[]? RevealPrivate() => _private is null ? null : [.. _private];

    public override string ToString() => $"(backup key {Id:x8})";

    public void Dispose()
    {
        if (_private is not null)
            CryptographicOperations.ZeroMemory(_private);
    }

    private ECDiffieHellman Public() => ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point(_public) });

    private static ECPoint Point(byte[] bytes) => new() { X = bytes[..Half], Y = bytes[Half..] };

    private static BackupKey Of(ECParameters all) => new([.. all.Q.X!, .. all.Q.Y!], all.D);
}
