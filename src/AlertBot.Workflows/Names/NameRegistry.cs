using AlertBot.Domain.Cases;
using AlertBot.Domain.Names;
using AlertBot.Postgres;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Names;

/// <summary>
/// The names of all cases, in memory only: the database stores them sealed and has nothing to search them by. Every node is told when a name is
/// added, and loads what is new.
/// </summary>
public sealed partial class NameRegistry(Database database, Wakeups wakeups, TimeProvider time, ILogger<NameRegistry> logger) : IDisposable
{
    // An act that began before the last look may commit after it.
    private static readonly Duration Overlap = Duration.FromMinutes(5);
    private static readonly TimeSpan LookAnyway = TimeSpan.FromMinutes(1);

    // In characters. To read a longer one takes longer than to store it.
    private const int LongestAhead = 1000;

    private readonly NameIndex<CaseId> _index = new();
    private readonly SemaphoreSlim _loading = new(1);
    private volatile ReadAhead _ahead = new(time);
    private Task? _news;
    private Instant _lookedAt = Instant.MinValue;

    /// <summary>Loads new names whenever there are some, until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var news = wakeups.Next(Wakeups.Cases);
            try
            {
                await RefreshAsync(anyway: true, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception outage)
            {
                LogNotRead(outage.GetType().Name);
            }

            await Task.WhenAny(news, Task.Delay(LookAnyway, time, ct));
        }
    }

    /// <summary>The cases that the text may mean, best first. The text may be a bare name or a sentence with one in it.</summary>
    public async Task<IReadOnlyList<NameMatch<CaseId>>> FindAsync(string text, int limit, CancellationToken ct)
    {
        if (IsStale)
            await RefreshAsync(anyway: false, ct);

        return await (_ahead.Take(text, limit) ?? ReadAsync(text, limit));
    }

    /// <summary>
    /// Begins to find what <see cref="FindAsync"/> is likely to be asked in a moment, of a text that has come and is being stored. Nothing
    /// is read ahead while names are being loaded, or while more comes than is asked.
    /// </summary>
    public void FindAhead(string text, int limit)
    {
        var ahead = _ahead;
        if (!IsStale && text.Length <= LongestAhead)
            ahead.Begin(text, limit, () => Task.Run(() => ReadAsync(text, limit)));
    }

    public void Dispose()
    {
        _index.Dispose();
        _loading.Dispose();
    }

    // Whoever is searched for has no time: both ways of reading it at once.
    private async Task<IReadOnlyList<NameMatch<CaseId>>> ReadAsync(string text, int limit)
    {
        var inText = Task.Run(() => _index.FindIn(text, limit), CancellationToken.None);
        var bare = _index.Find(text, limit);
        var named = await inText;
        return bare.Count > 0 && bare[0].Band == NameBand.Same ? bare : Best(bare, named, limit);
    }

    private static List<NameMatch<CaseId>> Best(IEnumerable<NameMatch<CaseId>> bare, IEnumerable<NameMatch<CaseId>> inText, int limit) =>
        bare.Concat(inText).GroupBy(match => match.Id).Select(same => same.Aggregate((one, other) => other.IsBetterThan(one) ? other : one))
            .OrderByDescending(match => match.Score).Take(limit).ToList();

    private bool IsStale => _news is null or { IsCompleted: true };

    private async Task RefreshAsync(bool anyway, CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            // A caller that waited for another one's loading has nothing left to load.
            if (!anyway && !IsStale)
                return;

            // Taken before the look, so that a name added meanwhile is not missed; stored after it, so that nobody searches a half-loaded registry.
            var news = wakeups.Next(Wakeups.Cases);
            await using var session = await database.BeginAsync(ct);
            // Not from a time that a clock showed before it went back: what is added now would be older than that.
            var since = _lookedAt == Instant.MinValue ? NodaConstants.UnixEpoch : Instant.Min(_lookedAt, session.Now) - Overlap;
            foreach (var names in await session.Cases.NamesSinceAsync(since))
                _index.Add(names.Key, names.Select(name => name.Reveal()));
            foreach (var @case in await session.Cases.NamelessSinceAsync(since))
                _index.Remove(@case);
            // What was found among the names of before, or in the middle of loading, nobody takes any more.
            _ahead = new ReadAhead(time);
            // With a name that does not open nobody is found by it, and whoever runs the machine hears of that.
            await session.CommitAsync(ct);
            _lookedAt = session.Now;
            _news = news;
        }
        finally
        {
            _loading.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The names of cases could not be read ({Failure}); trying again")]
    private partial void LogNotRead(string failure);
}
