using System.Net;
using System.Net.Http.Headers;

namespace AlertBot.Channels;

/// <summary>
/// A request body that records whether it left. Until then no server can have acted on it. After that, a broken connection leaves open whether the
/// server acted.
/// </summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly byte[] _bytes;
    private readonly Action? _left;
    private volatile bool _isWritten;

    /// <param name="left">Called once the body is on the wire.</param>
    /// <param name="type">Null: JSON.</param>
    public WatchedContent(byte[] bytes, Action? left, MediaTypeHeaderValue? type = null)
    {
        (_bytes, _left) = (bytes, left);
        Headers.ContentType = type ?? new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
    }

    public bool IsWritten => _isWritten;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken ct)
    {
        await stream.WriteAsync(_bytes, ct);

        // Must precede the flush: a flush that fails may have sent everything.
        _isWritten = true;
        await stream.FlushAsync(ct);
        _left?.Invoke();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
