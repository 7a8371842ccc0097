using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AlertBot.Postgres.Backups;

/// <summary>
/// A stream sealed in chunks (AES-256-GCM, as the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár has it): each is bound to
/// its place and to the header, and the last one says that it is the last, so that nothing can be changed, moved or cut off unseen.
/// </summary>
internal static class SealedChunks
{
    public const int Size = 64 * 1024;
    public const int TagSize = 16;

    private const int NonceSize = 12;

    public static byte[] Nonce(long number, bool isLast)
    {
        var nonce = new byte[NonceSize];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(3), number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}

/// <summary>Seals what is written to it. <see cref="FinishAsync"/> ends it; without that nobody opens it.</summary>
internal sealed class SealingStream(Stream to, byte[] key, byte[] header) : WriteOnlyStream
{
    private readonly AesGcm _aes = new(key, SealedChunks.TagSize);
    private readonly byte[] _bound = SHA256.HashData(header);
    private readonly byte[] _chunk = new byte[SealedChunks.Size];
    private readonly byte[] _out = new byte[SealedChunks.Size + SealedChunks.TagSize];
    private int _filled;
    private long _number;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            // A full chunk waits until more comes: the last one, full or not, is marked as such.
            if (_filled == _chunk.Length)
                await ChunkAsync(isLast: false, cancellationToken);
            var part = buffer[..Math.Min(buffer.Length, _chunk.Length - _filled)];
            part.CopyTo(_chunk.AsMemory(_filled));
            _filled += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        await ChunkAsync(isLast: true, ct);
        await to.FlushAsync(ct);
    }

    protected override void Dispose(bool disposing)
    {
        _aes.Dispose();
        base.Dispose(disposing);
    }

    private async Task ChunkAsync(bool isLast, CancellationToken ct)
    {
        _aes.Encrypt(
            SealedChunks.Nonce(_number++, isLast), _chunk.AsSpan(0, _filled), _out.AsSpan(0, _filled),
            _out.AsSpan(_filled, SealedChunks.TagSize), _bound);
        await to.WriteAsync(_out.AsMemory(0, _filled + SealedChunks.TagSize), ct);
        _filled = 0;
    }
}

/// <summary>Opens what <see cref="SealingStream"/> sealed. Whatever it gives was there, in this order; at the end nothing is missing.</summary>
internal sealed class OpeningStream(Stream from, byte[] key, byte[] header) : ReadOnlyStream
{
    private readonly AesGcm _aes = new(key, SealedChunks.TagSize);
    private readonly byte[] _bound = SHA256.HashData(header);
    private readonly byte[] _sealed = new byte[SealedChunks.Size + SealedChunks.TagSize + 1];
    private readonly byte[] _chunk = new byte[SealedChunks.Size];
    private int _ahead;
    private int _start;
    private int _end;
    private long _number;
    private bool _isOver;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_start == _end && !_isOver)
            await ChunkAsync(cancellationToken);

        var part = _chunk.AsMemory(_start, Math.Min(buffer.Length, _end - _start));
        part.CopyTo(buffer);
        _start += part.Length;
        return part.Length;
    }

    protected override void Dispose(bool disposing)
    {
        _aes.Dispose();
        base.Dispose(disposing);
    }

    private async Task ChunkAsync(CancellationToken ct)
    {
        // One byte more than a chunk has tells whether another follows.
        var read = _ahead + await from.ReadAtLeastAsync(_sealed.AsMemory(_ahead), _sealed.Length - _ahead, throwOnEndOfStream: false, ct);
        var isLast = read < _sealed.Length;
        var length = isLast ? read : read - 1;
        if (length < SealedChunks.TagSize)
            throw CutOff();

        var size = length - SealedChunks.TagSize;
        try
        {
            _aes.Decrypt(
                SealedChunks.Nonce(_number, isLast), _sealed.AsSpan(0, size), _sealed.AsSpan(size, SealedChunks.TagSize),
                _chunk.AsSpan(0, size), _bound);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw isLast && Opens(size, asLast: false) ? CutOff() : Changed(isLast);
        }

        _number++;
        (_start, _end, _isOver) = (0, size, isLast);
        _sealed[0] = _sealed[^1];
        _ahead = isLast ? 0 : 1;
    }

    // A chunk that fits as one in the middle, at the end of the file: what came after it is missing.
    private bool Opens(int size, bool asLast)
    {
        try
        {
            _aes.Decrypt(
                SealedChunks.Nonce(_number, asLast), _sealed.AsSpan(0, size), _sealed.AsSpan(size, SealedChunks.TagSize),
                _chunk.AsSpan(0, size), _bound);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static BackupProblem CutOff() => new("The backup is cut off: its end is missing. Take another copy of it, or an older backup.");

    private BackupProblem Changed(bool atItsEnd) => new(
        $"The backup was changed or damaged{(atItsEnd ? ", or its end is cut off," : ",")} "
        + $"within 64 kB of byte {_number * (SealedChunks.Size + SealedChunks.TagSize)}. "
        + "Nothing of it was restored. Take another copy of it, or an older backup.");
}
