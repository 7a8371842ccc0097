using System.Buffers.Binary;
using System.Text.Json;

namespace AlertBot.Postgres.Backups;

/// <summary>The first thing inside a backup: what the dump behind it must hold, and the keys that open what it holds.</summary>
/// <param name="Rows">How many rows each table has, seen at the same instant as the dump.</param>
/// <param name="Keys">The sealing and look-up keys, as lines of a key file, in base64.</param>
internal sealed record BackupManifest(IReadOnlyDictionary<string, long> Rows, string Keys)
{
    private const int LongestManifest = 4 * 1024 * 1024;

    public long AllRows => Rows.Values.Sum();

    public async Task WriteAsync(Stream to, CancellationToken ct)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, json.Length);
        await to.WriteAsync(length, ct);
        await to.WriteAsync(json, ct);
    }

    public static async Task<BackupManifest> ReadAsync(Stream from, CancellationToken ct)
    {
        var length = new byte[sizeof(int)];
        await from.ReadExactlyAsync(length, ct);
        var json = new byte[Math.Clamp(BinaryPrimitives.ReadInt32BigEndian(length), 0, LongestManifest)];
        await from.ReadExactlyAsync(json, ct);
        return JsonSerializer.Deserialize<BackupManifest>(json)!;
    }

    public override string ToString() => "(manifest)";
}
