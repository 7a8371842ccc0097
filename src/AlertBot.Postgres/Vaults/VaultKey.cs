using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// A master key and its id. The master key itself encrypts nothing: the working keys are derived from it (HKDF, RFC 5869), one per purpose, so that a
/// look-up hash reveals nothing about a ciphertext.
/// </summary>
public sealed class VaultKey : IDisposable
{
    /// <summary>Length of a master key, in bytes.</summary>
    public const int Size = 32;

    private readonly byte[] _master;

    /// <param name="master">32 bytes; copied, so the caller may and should wipe its own.</param>
    public VaultKey(ReadOnlySpan<byte> master)
    {
        if (master.Length != Size)
            throw new VaultException($"A master key has {Size} bytes, this one has {master.Length}.");

        _master = master.ToArray();
        Span<byte> id = stackalloc byte[sizeof(uint)];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, id, salt: [], info: "alertbot/vault/id/1"u8);
        Id = BinaryPrimitives.ReadUInt32BigEndian(id);
    }

    /// <summary>Stands in every ciphertext. Derived from the key, so that a mistyped key is noticed when it is read.</summary>
    public uint Id { get; }

    public static VaultKey New()
    {
        Span<byte> master = stackalloc byte[Size];
        RandomNumberGenerator.Fill(master);
        var key = new VaultKey(master);
        CryptographicOperations.ZeroMemory(master);
        return key;
    }

    internal byte[] Derive(ReadOnlySpan<byte> purpose)
    {
        var derived = new byte[Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, derived, salt: [], info: purpose);
        return derived;
    }

    /// <summary>The key as it stands in a key file. A new array each time: wipe it after use.</summary>
    internal byte[] Reveal() => _master.ToArray();

    public override string ToString() => $"(key {Id:x8})";

    public void Dispose() => CryptographicOperations.ZeroMemory(_master);
}
