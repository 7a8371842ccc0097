using System.Security.Cryptography;
using System.Text;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Names;

namespace AlertBot.Workflows.Names;

/// <summary>
/// What was found in the last few texts before anybody asked. Of a text it keeps no more than a hash. While more comes than is asked, it reads next
/// to nothing: that time is needed for those who wait.
/// </summary>
internal sealed class ReadAhead(TimeProvider time)
{
    private const int Most = 4;

    // Whoever is going to ask has asked by then.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<Reading> _last = [];

    /// <summary>Begins to read it, unless another one is still being read or too many were read for nobody.</summary>
    public void Begin(string text, int limit, Func<Task<IReadOnlyList<NameMatch<CaseId>>>> read)
    {
        lock (_gate)
        {
            _last.RemoveAll(one => time.GetElapsedTime(one.Begun) > Kept);
            if (_last.Count < Most && _last.TrueForAll(one => one.Found.IsCompleted))
                _last.Add(new Reading(KeyOf(text, limit), time.GetTimestamp(), read()));
        }
    }

    /// <summary>Gives what was found in it, or is being found, to the first who asks; null if nobody began.</summary>
    public Task<IReadOnlyList<NameMatch<CaseId>>>? Take(string text, int limit)
    {
        lock (_gate)
        {
            if (_last.Count == 0)
                return null;
            var of = KeyOf(text, limit);
            // What went wrong ahead of time must not cost a report: whoever asks tries anew.
            var found = _last.Find(one => one.Of == of && !one.Found.IsFaulted)?.Found;
            _last.RemoveAll(one => one.Of == of);
            return found;
        }
    }

    private static string KeyOf(string text, int limit) => $"{limit} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private sealed record Reading(string Of, long Begun, Task<IReadOnlyList<NameMatch<CaseId>>> Found);
}
