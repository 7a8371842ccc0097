using System.Text;
using AlertBot.Channels.Signal;
using AlertBot.Tests.Support;
using NodaTime;

namespace AlertBot.Tests.Channels;

public sealed class EventStreamTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    [Theory]
    [InlineData("event:receive\ndata:{\"a\":1}\n\n", "{\"a\":1}")]
    [InlineData("event: receive\r\ndata: {\"a\":1}\r\n\r\n", "{\"a\":1}")]
    [InlineData(":\n:\nid:4\nretry:5\ndata:x\n\n:\n", "x")]
    [InlineData("data:a\ndata:b\n\n", "a\nb")]
    [InlineData("data:\n\n", "")]
    [InlineData("data:x\n\ndata:y\n\n", "x|y")]
    [InlineData("event:receive\n\n", null)]
    [InlineData("data:half", null)]
    [InlineData("garbage\n\ndata:x\n\n", "x")]
    [InlineData("", null)]
    public async Task It_is_read_as_the_standard_says(string text, string? events) =>
        Assert.Equal(events, await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public Task However_it_is_cut_it_says_the_same() => CutAnywhereAsync("event:receive\r\ndata:{\"Привет\":1}\n\n:\ndata:x\ndata:y\n\n");

    [Fact]
    public async Task What_is_far_too_large_is_passed_over_without_being_held()
    {
        var huge = "data:" + new string('x', EventStream.LargestLine + 10) + "\n\ndata:after\n\n";

        Assert.Equal("(too large)|after", await ReadAsync(new Pieces(Encoding.UTF8.GetBytes(huge), 100_000)));
        Assert.Equal("(too large)|after", await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(huge))));

        var lines = string.Concat(Enumerable.Repeat("data:" + new string('x', 1 << 20) + "\n", 5)) + "\ndata:after\n\n";
        Assert.Equal("(too large)|after", await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines))));
    }

    [Fact]
    public async Task A_stream_without_a_sign_of_life_is_given_up()
    {
        var time = new ManualTimeProvider(Instant.FromUnixTimeSeconds(1_700_000_000));
        await using var stream = new EventStream(new Silent(), null, Silence, time);

        var next = stream.NextAsync(CancellationToken.None);
        time.Advance(Duration.FromSeconds(44));
        Assert.False(next.IsCompleted);
        time.Advance(Duration.FromSeconds(1));

        Assert.Equal(new StreamRead.Ended("silent"), await next.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Who_gives_up_themselves_is_told_so()
    {
        using var stop = new CancellationTokenSource();
        await using var stream = new EventStream(new Silent(), null, Silence, new ManualTimeProvider(Instant.FromUnixTimeSeconds(1_700_000_000)));

        var next = stream.NextAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task A_broken_connection_is_an_end_like_any_other()
    {
        await using var stream = new EventStream(new Broken(), null, Silence, TimeProvider.System);

        Assert.Equal(new StreamRead.Ended("connection"), await stream.NextAsync(CancellationToken.None));
    }

    private static async Task CutAnywhereAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var whole = await ReadAsync(new MemoryStream(bytes));
        for (var size = 1; size < bytes.Length; size++)
            Assert.Equal(whole, await ReadAsync(new Pieces(bytes, size)));
    }

    private static async Task<string?> ReadAsync(Stream source)
    {
        await using var stream = new EventStream(source, null, Silence, TimeProvider.System);
        var events = new List<string>();
        while (true)
        {
            switch (await stream.NextAsync(CancellationToken.None))
            {
                case StreamRead.Event { Data: var data }: events.Add(Encoding.UTF8.GetString(data)); break;
                case StreamRead.TooLarge: events.Add("(too large)"); break;
                default: return events.Count == 0 ? null : string.Join('|', events);
            }
        }
    }

    /// <summary>A stream that gives at most that many bytes at once.</summary>
    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }

    private sealed class Silent : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    private sealed class Broken : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("Connection reset by +15550100101");
    }
}
