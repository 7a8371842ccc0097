using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// Seals personal data before it reaches the database (AES-256-GCM) and opens it again. A sealed value is bound to its column and row: moved or
/// changed, it does not open. Layout: 1 byte version | 4 bytes key id | 12 bytes nonce | ciphertext | 16 bytes tag. Nonces are random, so one key is
/// good for some 2^32 values (NIST SP 800-38D, 8.3). Safe for use by many threads.
/// </summary>
public sealed class Vault : IDisposable
{
    private const byte Version = 1;
    private const int HeaderSize = 5;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>How often, in milliseconds, a vault checks its key file for changes while it seals.</summary>
    private const long LookEvery = 1000;

    private readonly bool _encrypts;
    private readonly string? _file;
    private readonly Lock _reading = new();
    private volatile Keys _keys;
    private long _fileTime;
    private long _lookedAt;

    /// <param name="keys">The first key seals, the others only open; the last one makes look-up hashes. The caller disposes of them.</param>
    public Vault(params IReadOnlyList<VaultKey> keys)
        : this(new Keys(keys, keys[^1]), encrypts: true, file: null)
    {
    }

    private Vault(Keys keys, bool encrypts, string? file) => (_keys, _encrypts, _file) = (keys, encrypts, file);

    /// <summary>
    /// A vault without encryption, in the same layout. Only for the test which proves that a search for plain text in a database dump would find it.
    /// </summary>
    internal static Vault WithoutEncryption { get; } = Unencrypted();

    /// <summary>A vault that follows its key file: it takes over new keys while the program runs.</summary>
    /// <exception cref="VaultException">The file is missing, readable by others or damaged.</exception>
    public static Vault FromKeyFile(string path)
    {
        var time = File.GetLastWriteTimeUtc(path).Ticks;
        using var ring = VaultKeyFile.Read(path);
        return new Vault(new Keys(ring.Sealing, ring.Lookup), encrypts: true, path) { _fileTime = time, _lookedAt = Environment.TickCount64 };
    }

    /// <summary>A vault with these keys. The caller disposes of them.</summary>
    public static Vault Of(KeyRing ring) => new(new Keys(ring.Sealing, ring.Lookup), encrypts: true, file: null);

    /// <summary>The id of the key that seals new values; <see cref="KeyIdOf"/> gives that of a sealed one.</summary>
    public uint SealingKeyId => _keys.Sealing;

    /// <summary>The ids of all keys that open.</summary>
    public IReadOnlyCollection<uint> KeyIds => _keys.Ids;

    /// <summary>The key file; null if the keys came from elsewhere.</summary>
    public string? KeyFile => _file;

    /// <param name="column">Its column, as <c>table.column</c>.</param>
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
        FollowFile();
        var keys = _keys;
        var @sealed = new byte[HeaderSize + NonceSize + plain.Length + TagSize];
        var header = @sealed.AsSpan(0, HeaderSize);
        var nonce = @sealed.AsSpan(HeaderSize, NonceSize);
        var body = @sealed.AsSpan(HeaderSize + NonceSize, plain.Length);
        var tag = @sealed.AsSpan(^TagSize..);

        header[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], keys.Sealing);
        RandomNumberGenerator.Fill(nonce);
        if (!_encrypts)
        {
            plain.CopyTo(body);
            return @sealed;
        }

        using var aes = new AesGcm(keys.Of(keys.Sealing)!, TagSize);
        aes.Encrypt(nonce, plain, body, tag, Context(header, column, row));
        return @sealed;
    }

    /// <exception cref="VaultException">The value was changed, belongs elsewhere, or its key is missing.</exception>
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
        if ((_keys.Of(key) ?? FromChangedFile(key)) is not { } secret)
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

    /// <summary>The id of the key that sealed a value.</summary>
    public static uint KeyIdOf(byte[] @sealed)
    {
        if (@sealed.Length < HeaderSize + NonceSize + TagSize || @sealed[0] != Version)
            throw new VaultException("A value does not open: it is cut off, or was not sealed by this program.");

        return BinaryPrimitives.ReadUInt32BigEndian(@sealed.AsSpan(1));
    }

    /// <summary>
    /// A keyed hash (HMAC-SHA256) by which an encrypted value can be found again. Equal values give equal hashes, so
    /// normalise them first. Use it only where anybody may see that two values are equal.
    /// </summary>
    /// <param name="domain">The kind of value, so that equal values of two kinds differ. Must contain no NUL.</param>
    public byte[] Lookup(string domain, string value)
    {
        var text = Encoding.UTF8.GetBytes($"{domain}\0{value}");
        var hash = HMACSHA256.HashData(_keys.Lookup, text);
        CryptographicOperations.ZeroMemory(text);
        return hash;
    }

    /// <summary>A vault like this one with a key of its own. The caller disposes of it.</summary>
    /// <param name="key">32 bytes; copied.</param>
    internal Vault WithKey(ReadOnlySpan<byte> key)
    {
        using var own = new VaultKey(key);
        return new Vault(new Keys([own], own), _encrypts, file: null);
    }

    public override string ToString() => $"(vault, key {_keys.Sealing:x8})";

    /// <summary>Reads the key file again if it has changed.</summary>
    /// <returns>Why its keys cannot be used; null if they are in use.</returns>
    public string? Refresh()
    {
        if (_file is null)
            return null;

        lock (_reading)
        {
            try
            {
                var time = File.GetLastWriteTimeUtc(_file).Ticks;
                using var ring = VaultKeyFile.Read(_file);
                var read = new Keys(ring.Sealing, ring.Lookup);
                if (!read.Lookup.AsSpan().SequenceEqual(_keys.Lookup))
                    return $"The key file {_file} now holds the keys of another installation.";

                // The old keys stay in memory, because another thread may be using them.
                _keys = read;
                _fileTime = time;
                return null;
            }
            catch (VaultException unreadable)
            {
                return unreadable.Message;
            }
        }
    }

    public void Dispose() => _keys.Wipe();

    private byte[]? FromChangedFile(uint key) => Refresh() is null ? _keys.Of(key) : null;

    // An unreadable file does not stop sealing with the keys in memory; health and doctor report what is wrong with it.
    private void FollowFile()
    {
        if (_file is null || Environment.TickCount64 - Volatile.Read(ref _lookedAt) < LookEvery)
            return;

        Volatile.Write(ref _lookedAt, Environment.TickCount64);
        if (File.GetLastWriteTimeUtc(_file).Ticks != _fileTime)
            Refresh();
    }

    private static byte[] Context(ReadOnlySpan<byte> header, string column, Guid row)
    {
        var name = Encoding.UTF8.GetBytes(column);
        return [.. header, .. name, 0, .. row.ToByteArray(bigEndian: true)];
    }

    private static Vault Unencrypted()
    {
        using var key = new VaultKey(new byte[VaultKey.Size]);
        return new Vault(new Keys([key], key), encrypts: false, file: null);
    }

    /// <summary>The derived keys that do the work.</summary>
    private sealed class Keys
    {
        private readonly Dictionary<uint, byte[]> _sealing = [];

        public Keys(IReadOnlyList<VaultKey> sealing, VaultKey lookup)
        {
            foreach (var key in sealing)
            {
                if (!_sealing.TryAdd(key.Id, key.Derive("alertbot/vault/seal/1"u8)))
                    throw new VaultException($"The key {key.Id:x8} is there twice.");
            }

            Sealing = sealing[0].Id;
            Lookup = lookup.Derive("alertbot/vault/lookup/1"u8);
        }

        public uint Sealing { get; }

        public byte[] Lookup { get; }

        public IReadOnlyCollection<uint> Ids => _sealing.Keys;

        public byte[]? Of(uint id) => _sealing.GetValueOrDefault(id);

        public void Wipe()
        {
            foreach (var key in _sealing.Values)
                CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(Lookup);
        }
    }
}
