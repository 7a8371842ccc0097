using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// Seals what is personal before it reaches the database (AES-256-GCM) and opens it again. A sealed value is bound
/// to its column and row: moved elsewhere, or changed, it does not open.
/// Layout: 1 byte version | 4 bytes key id | 12 bytes nonce | ciphertext | 16 bytes tag.
/// Nonces are random, so one key is good for some 2^32 values (NIST SP 800-38D, 8.3). Safe for use by many threads.
/// </summary>
public sealed class Vault : IDisposable
{
    private const byte Version = 1;
    private const int HeaderSize = 5;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly Dictionary<uint, byte[]> _keys = [];
    private readonly uint _sealingKey;
    private readonly byte[] _lookupKey;
    private readonly bool _encrypts;

    /// <param name="keys">The first key seals and makes look-up hashes, the others only open. The caller disposes of them.</param>
    public Vault(params IReadOnlyList<VaultKey> keys)
        : this(keys, encrypts: true)
    {
    }

    private Vault(IReadOnlyList<VaultKey> keys, bool encrypts)
    {
        foreach (var key in keys)
        {
            if (!_keys.TryAdd(key.Id, key.Derive("alertbot/vault/seal/1"u8)))
                throw new VaultException($"The key {key.Id:x8} is there twice.");
        }

        _sealingKey = keys[0].Id;
        _lookupKey = keys[0].Derive("alertbot/vault/lookup/1"u8);
        _encrypts = encrypts;
    }

    /// <summary>
    /// A vault that keeps everything readable, in the same layout. Only for the test which proves that a search for plain text
    /// in a database dump would find it.
    /// </summary>
    internal static Vault WithoutEncryption { get; } = Unencrypted();

    /// <exception cref="VaultException">The file is missing, readable by others or damaged.</exception>
    public static Vault FromKeyFile(string path)
    {
        var keys = VaultKeyFile.Read(path);
        try
        {
            return new Vault(keys);
        }
        finally
        {
            foreach (var key in keys)
                key.Dispose();
        }
    }

    /// <summary>Id of the key that new values are sealed with; <see cref="KeyIdOf"/> tells that of a sealed one.</summary>
    public uint SealingKeyId => _sealingKey;

    /// <param name="column">Where it will stand, as <c>table.column</c>.</param>
    /// <param name="row">The id of its row.</param>
    public byte[] Seal(string column, Guid row, string plain)
    {
        var bytes = Encoding.UTF8.GetBytes(plain);
        try
        {
            return Seal(column, row, bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <inheritdoc cref="Seal(string, Guid, string)"/>
    public byte[] Seal(string column, Guid row, ReadOnlySpan<byte> plain)
    {
        var @sealed = new byte[HeaderSize + NonceSize + plain.Length + TagSize];
        var header = @sealed.AsSpan(0, HeaderSize);
        var nonce = @sealed.AsSpan(HeaderSize, NonceSize);
        var body = @sealed.AsSpan(HeaderSize + NonceSize, plain.Length);
        var tag = @sealed.AsSpan(^TagSize..);

        header[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], _sealingKey);
        RandomNumberGenerator.Fill(nonce);
        if (!_encrypts)
        {
            plain.CopyTo(body);
            return @sealed;
        }

        using var aes = new AesGcm(_keys[_sealingKey], TagSize);
        aes.Encrypt(nonce, plain, body, tag, Context(header, column, row));
        return @sealed;
    }

    /// <exception cref="VaultException">It was changed, belongs elsewhere, or its key is not here.</exception>
    public string OpenText(string column, Guid row, byte[] @sealed)
    {
        var plain = Open(column, row, @sealed);
        try
        {
            return Encoding.UTF8.GetString(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <inheritdoc cref="OpenText"/>
    public byte[] Open(string column, Guid row, byte[] @sealed)
    {
        var key = KeyIdOf(@sealed);
        if (!_keys.TryGetValue(key, out var secret))
            throw new VaultException($"A value in {column} was sealed with the key {key:x8}, which is not in the key file.");

        var header = @sealed.AsSpan(0, HeaderSize);
        var nonce = @sealed.AsSpan(HeaderSize, NonceSize);
        var body = @sealed.AsSpan((HeaderSize + NonceSize)..^TagSize);
        var plain = new byte[body.Length];
        if (!_encrypts)
        {
            body.CopyTo(plain);
            return plain;
        }

        try
        {
            using var aes = new AesGcm(secret, TagSize);
            aes.Decrypt(nonce, body, @sealed.AsSpan(^TagSize..), plain, Context(header, column, row));
            return plain;
        }
        catch (AuthenticationTagMismatchException mismatch)
        {
            throw new VaultException($"A value in {column} does not open: it was changed, or moved from another row.", mismatch);
        }
    }

    /// <summary>The key a value was sealed with.</summary>
    public static uint KeyIdOf(byte[] @sealed)
    {
        if (@sealed.Length < HeaderSize + NonceSize + TagSize || @sealed[0] != Version)
            throw new VaultException("A value does not open: it is cut off, or was not sealed by this program.");

        return BinaryPrimitives.ReadUInt32BigEndian(@sealed.AsSpan(1));
    }

    /// <summary>
    /// A keyed hash (HMAC-SHA256) by which an encrypted value can be found again. Equal values give equal hashes, so
    /// normalise them before. Use it only where anybody may see that two values are equal.
    /// </summary>
    /// <param name="domain">What kind of value it is, so that equal values of two kinds differ; no NUL in it.</param>
    public byte[] Lookup(string domain, string value)
    {
        var text = Encoding.UTF8.GetBytes($"{domain}\0{value}");
        var hash = HMACSHA256.HashData(_lookupKey, text);
        CryptographicOperations.ZeroMemory(text);
        return hash;
    }

    /// <summary>A vault like this one with a key of its own. The caller disposes of it.</summary>
    /// <param name="key">32 bytes; copied.</param>
    internal Vault WithKey(ReadOnlySpan<byte> key)
    {
        using var own = new VaultKey(key);
        return new Vault([own], _encrypts);
    }

    public override string ToString() => $"(vault, key {_sealingKey:x8})";

    public void Dispose()
    {
        foreach (var key in _keys.Values)
            CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(_lookupKey);
    }

    private static byte[] Context(ReadOnlySpan<byte> header, string column, Guid row)
    {
        var name = Encoding.UTF8.GetBytes(column);
        return [.. header, .. name, 0, .. row.ToByteArray(bigEndian: true)];
    }

    private static Vault Unencrypted()
    {
        using var key = new VaultKey(new byte[VaultKey.Size]);
        return new Vault([key], encrypts: false);
    }
}
