namespace AlertBot.Postgres.Vaults;

/// <summary>
/// All keys of one installation. Sealing and look-up have a key each, so that the one can be replaced while everything that is found by
/// the other stays found. Whoever has a ring disposes of it.
/// </summary>
/// <param name="Sealing">The first one seals, the others open what was sealed before it.</param>
/// <param name="Lookup">Makes the hashes by which sealed values are found. It never changes.</param>
/// <param name="Backup">What backups are encrypted to; null in a file of before there were any.</param>
public sealed record KeyRing(IReadOnlyList<VaultKey> Sealing, VaultKey Lookup, BackupKey? Backup) : IDisposable
{
    public static KeyRing New() => new([VaultKey.New()], VaultKey.New(), BackupKey.New());

    /// <summary>The same with a new sealing key, which only opens until <see cref="Promote"/>.</summary>
    public KeyRing Add(VaultKey key) => this with { Sealing = [.. Sealing, key] };

    /// <summary>The same with that key as the one that seals.</summary>
    public KeyRing Promote(uint key) => this with { Sealing = [Sealing.Single(one => one.Id == key), .. Sealing.Where(one => one.Id != key)] };

    /// <summary>The same without any other sealing key than the first.</summary>
    public KeyRing DropOld() => this with { Sealing = [Sealing[0]] };

    /// <summary>The same without what opens backups.</summary>
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
