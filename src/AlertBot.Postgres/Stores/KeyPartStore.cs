using System.Globalization;
using AlertBot.Postgres.Vaults;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The printed parts of the keys, so that a single part can be recognised without the others.</summary>
public sealed class KeyPartStore
{
    private readonly Access _access;

    internal KeyPartStore(Access access) => _access = access;

    public async Task AddAsync(KeyRing of, IReadOnlyCollection<KeyPart> parts)
    {
        foreach (var part in parts)
        {
            await _access.ExecuteAsync(
                """
                insert into key_part (print, split, number, keys, backup, made_at) values (@print, @SplitName, @number, @keys, @backup, @now)
                """,
                new
                {
                    print = PrintOf(part),
                    part.SplitName,
                    number = (short)part.Number,
                    keys = of.Sealing.Select(key => (long)key.Id).ToArray(),
                    backup = (long?)of.Backup?.Id,
                    now = _access.Now,
                });
        }
    }

    public async Task<PrintedPart?> FindAsync(KeyPart part) => Read(await _access.FirstAsync<Row>(
        "select split, array_to_string(keys, ' ') as keys, backup, made_at from key_part where print = @print", new { print = PrintOf(part) }));

    /// <summary>The newest; null if none was ever printed.</summary>
    public async Task<PrintedPart?> NewestAsync() => Read(await _access.FirstAsync<Row>(
        "select split, array_to_string(keys, ' ') as keys, backup, made_at from key_part order by made_at desc limit 1"));

    private byte[] PrintOf(KeyPart part) => _access.Vault.Lookup("key_part", part.Word);

    private static PrintedPart? Read(Row? row) => row is null ? null : new PrintedPart(
        row.Split, row.Keys.Split(' ').Select(key => uint.Parse(key, CultureInfo.InvariantCulture)).ToList(), (uint?)row.Backup, row.MadeAt);

    private sealed record Row(string Split, string Keys, long? Backup, Instant MadeAt);
}

/// <param name="Split">The name of the split that made it.</param>
/// <param name="Keys">The sealing keys in it.</param>
/// <param name="Backup">The backup key in it; null if none.</param>
public sealed record PrintedPart(string Split, IReadOnlyList<uint> Keys, uint? Backup, Instant MadeAt);
