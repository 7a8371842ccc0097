using System.Security.Cryptography;

namespace AlertBot.Postgres.Vaults;

/// <summary>Splits the keys into three parts for people to keep. Any two restore the keys; one alone reveals nothing.</summary>
public static class KeyParts
{
    public const int Count = 3;
    public const int Needed = 2;

    private const int DigestSize = 8;
    private const byte Seal = 1;
    private const byte Lookup = 2;
    private const byte Backup = 3;

    /// <exception cref="VaultException">The private half of the backup key is not here, and parts without it could open no backup.</exception>
    public static IReadOnlyList<KeyPart> Split(KeyRing keys)
    {
        var secret = Packed(keys);
        var split = RandomNumberGenerator.GetBytes(KeyPart.SplitSize);
        try
        {
            return [.. SecretShares.Split(secret, Count, Needed).Select((share, at) => new KeyPart(split, (byte)(at + 1), share))];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <exception cref="VaultException">The parts do not belong together; the message says so.</exception>
    public static KeyRing Join(KeyPart one, KeyPart other)
    {
        if (one.Number == other.Number)
            throw new VaultException($"Both are part {one.Number}: two different parts are needed.");
        if (!one.Split.AsSpan().SequenceEqual(other.Split))
            throw new VaultException(
                $"These parts are not of one making: one says {one.SplitName}, the other {other.SplitName}. Take two with the same name.");

        var secret = SecretShares.Join([(one.Number, one.Share), (other.Number, other.Share)]);
        try
        {
            return Unpacked(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    // Each key with its purpose, then the beginning of a hash of all of them, so that forged parts give no keys.
    private static byte[] Packed(KeyRing keys)
    {
        var bytes = new List<byte>();
        foreach (var key in keys.Sealing)
            bytes.AddRange([Seal, .. key.Reveal()]);
        bytes.AddRange([Lookup, .. keys.Lookup.Reveal()]);
        if (keys.Backup is { } backup)
        {
            bytes.AddRange([Backup, .. backup.RevealPrivate() ?? throw new VaultException(
                "The private half of the backup key is no longer on this machine, and parts without it would open no backup. "
                + "Name two of the old parts: alertbot keys split --with PART --with PART, or --new-backup-key for a new one.")]);
        }

        return [.. bytes, .. SHA256.HashData([.. bytes]).AsSpan(0, DigestSize)];
    }

    private static KeyRing Unpacked(byte[] secret)
    {
        var body = secret.AsSpan(0, Math.Max(0, secret.Length - DigestSize));
        if (body.Length % (1 + VaultKey.Size) != 0 || !SHA256.HashData(body).AsSpan(0, DigestSize).SequenceEqual(secret.AsSpan(body.Length)))
            throw new VaultException("The two parts together give no keys: one of them is forged, or of another making.");

        var sealing = new List<VaultKey>();
        VaultKey? lookup = null;
        BackupKey? backup = null;
        for (; !body.IsEmpty; body = body[(1 + VaultKey.Size)..])
        {
            var key = body.Slice(1, VaultKey.Size);
            switch (body[0])
            {
                case Seal:
                    sealing.Add(new VaultKey(key));
                    break;
                case Lookup:
                    lookup = new VaultKey(key);
                    break;
                case Backup:
                    backup = BackupKey.FromPrivate(key);
                    break;
            }
        }

        return sealing.Count > 0 && lookup is not null
            ? new KeyRing(sealing, lookup, backup)
            : throw new VaultException("The two parts were made by a newer AlertBot. Join them with that.");
    }
}
