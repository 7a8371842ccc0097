using System.Security.Cryptography;
using AlertBot.Postgres.Backups;

namespace AlertBot.Tests.Backups;

public class SealedChunksTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Head = [1, 2, 3];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(SealedChunks.Size - 1)]
    [InlineData(SealedChunks.Size)]
    [InlineData(SealedChunks.Size + 1)]
    [InlineData((3 * SealedChunks.Size) + 17)]
    public async Task What_is_sealed_opens(int size)
    {
        var plain = RandomNumberGenerator.GetBytes(size);

        Assert.Equal(plain, await OpenAsync(await SealAsync(plain), Head));
    }

    [Fact]
    public async Task A_changed_byte_anywhere_is_noticed()
    {
        var whole = await SealAsync(RandomNumberGenerator.GetBytes((2 * SealedChunks.Size) + 100));

        foreach (var at in new[] { 0, 1, SealedChunks.Size + 3, whole.Length - SealedChunks.TagSize, whole.Length - 1 })
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x40;
            Assert.Contains("changed or damaged", await RefusalAsync(changed, Head), StringComparison.Ordinal);
        }

        Assert.Contains("changed or damaged", await RefusalAsync(whole, [1, 2, 4]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_end_is_noticed_also_between_two_chunks()
    {
        var whole = await SealAsync(RandomNumberGenerator.GetBytes(3 * SealedChunks.Size));
        const int Chunk = SealedChunks.Size + SealedChunks.TagSize;

        Assert.Contains("cut off", await RefusalAsync(whole[..(2 * Chunk)], Head), StringComparison.Ordinal);
        Assert.Contains("cut off", await RefusalAsync(whole[..Chunk], Head), StringComparison.Ordinal);
        Assert.Contains("cut off", await RefusalAsync([], Head), StringComparison.Ordinal);
        Assert.Contains("changed or damaged", await RefusalAsync(whole[..(Chunk + 100)], Head), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunks_that_changed_places_are_noticed()
    {
        var whole = await SealAsync(RandomNumberGenerator.GetBytes(3 * SealedChunks.Size));
        const int Chunk = SealedChunks.Size + SealedChunks.TagSize;

        Assert.Contains(
            "changed or damaged", await RefusalAsync([.. whole[Chunk..(2 * Chunk)], .. whole[..Chunk], .. whole[(2 * Chunk)..]], Head),
            StringComparison.Ordinal);
    }

    private static async Task<byte[]> SealAsync(byte[] plain)
    {
        using var to = new MemoryStream();
        await using var sealing = new SealingStream(to, Key, Head);
        await sealing.WriteAsync(plain);
        await sealing.FinishAsync(CancellationToken.None);
        return to.ToArray();
    }

    private static async Task<byte[]> OpenAsync(byte[] @sealed, byte[] head)
    {
        using var from = new MemoryStream(@sealed);
        await using var opening = new OpeningStream(from, Key, head);
        using var plain = new MemoryStream();
        await opening.CopyToAsync(plain);
        return plain.ToArray();
    }

    private static async Task<string> RefusalAsync(byte[] @sealed, byte[] head) =>
        (await Assert.ThrowsAsync<BackupProblem>(() => OpenAsync(@sealed, head))).Message;
}
