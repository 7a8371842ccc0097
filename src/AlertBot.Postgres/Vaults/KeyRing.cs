namespace AlertBot.Postgres.Vaults;

/// <summary>
/// All keys of one installation. Sealing and look-up have separate keys, so that the sealing key can be replaced while look-up hashes stay
/// valid. The owner of a ring disposes of it.
/// </summary>
/// <param name="Sealing">The first key seals; the others open what was sealed before.</param>
/// <param name="Lookup">Makes the hashes by which sealed values are found. It never changes.</param>
/// <param name="Backup">The key to which backups are encrypted; null in older files.</param>
public sealed record KeyRing(IReadOnlyList<VaultKey> Sealing, VaultKey Lookup, BackupKey? Backup) : IDisposable
{
    public static KeyRing New() => new([VaultKey.New()], VaultKey.New(), BackupKey.New());

    /// <summary>Adds a sealing key, which only opens until <see cref="Promote"/>.</summary>
    public KeyRing Add(VaultKey key) => this with { Sealing = [.. Sealing, key] };

    /// <summary>Makes that key the one that seals.</summary>
    public KeyRing Promote(uint key) => this with { Sealing = [Sealing.Single(one => one.Id == key), .. Sealing.Where(one => one.Id != key)] };

    /// <summary>Drops all sealing keys but the first.</summary>
    public KeyRing DropOld() => this with { Sealing = [Sealing[0]] };

    /// <summary>Drops the private half of the backup key, which opens backups.</summary>
    public KeyRing WithoutPrivateHalf() => this with { Backup = Backup?.PublicHalf() };

    public override string ToString() => $"(keys {string.Join(", ", Sealing.Select(key => $"{key.Id:x8}"))})";

    public void Dispose()
    {
        foreach (var key in Sealing)
            key.Dispose();
        Lookup.Dispose();
        Backup?.Dispose();
    }
}
