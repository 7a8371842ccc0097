using AlertBot.Domain.Cases;
using AlertBot.Domain.Names;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Names;
using NodaTime;

namespace AlertBot.Tests.Names;

/// <summary>What was found in a message before anybody asked.</summary>
public sealed class ReadAheadTests
{
    private static readonly Task<IReadOnlyList<NameMatch<CaseId>>> Nobody = Task.FromResult<IReadOnlyList<NameMatch<CaseId>>>([]);

    private readonly ManualTimeProvider _time = new(Instant.FromUtc(2026, 3, 2, 12, 0));
    private readonly ReadAhead _ahead;

    public ReadAheadTests() => _ahead = new ReadAhead(_time);

    [Fact]
    public void The_first_who_asks_for_the_same_gets_it_and_nobody_after_that()
    {
        _ahead.Begin("they took Dilnoza", 3, () => Nobody);

        Assert.Null(_ahead.Take("they took Rasul", 3));
        Assert.Null(_ahead.Take("they took Dilnoza", 5));
        Assert.Same(Nobody, _ahead.Take("they took Dilnoza", 3));
        Assert.Null(_ahead.Take("they took Dilnoza", 3));
    }

    [Fact]
    public void What_went_wrong_ahead_is_given_to_nobody()
    {
        _ahead.Begin("they took Dilnoza", 3, () => Task.FromException<IReadOnlyList<NameMatch<CaseId>>>(new InvalidOperationException("no memory")));

        Assert.Null(_ahead.Take("they took Dilnoza", 3));
    }

    [Fact]
    public void One_is_read_at_a_time()
    {
        var reading = new TaskCompletionSource<IReadOnlyList<NameMatch<CaseId>>>();
        _ahead.Begin("first", 3, () => reading.Task);
        _ahead.Begin("second", 3, () => throw new InvalidOperationException("It was read beside the first."));
        reading.SetResult([]);
        _ahead.Begin("third", 3, () => Nobody);

        Assert.Same(reading.Task, _ahead.Take("first", 3));
        Assert.Null(_ahead.Take("second", 3));
        Assert.Same(Nobody, _ahead.Take("third", 3));
    }

    [Fact]
    public void While_more_comes_than_is_asked_next_to_nothing_is_read()
    {
        var read = 0;
        for (var (number, second) = (0, 0); second < 10; _time.Advance(Duration.FromSeconds(1)), second++)
        {
            for (var last = number + 1000; number < last; number++)
                Begin($"message {number}");
        }

        Assert.InRange(read, 4, 20);
        _time.Advance(Duration.FromSeconds(3));
        Begin("the next one");
        Assert.NotNull(_ahead.Take("the next one", 3));

        void Begin(string text) => _ahead.Begin(text, 3, () =>
        {
            read++;
            return Nobody;
        });
    }
}
