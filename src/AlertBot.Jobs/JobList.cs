using System.Text.RegularExpressions;
using AlertBot.Domain.Jobs;
using NodaTime;

namespace AlertBot.Jobs;

/// <summary>The jobs this program names. Wrong ones are a mistake in the code, found at start.</summary>
public static partial class JobList
{
    /// <summary>The engine looks at the clock every second or two.</summary>
    private static readonly Duration ShortestInterval = Duration.FromSeconds(1);

    public static IReadOnlyList<IRecurringJob> Check(IEnumerable<IRecurringJob> jobs)
    {
        var list = jobs.OrderBy(job => job.Name, StringComparer.Ordinal).ToList();

        foreach (var job in list)
        {
            if (!ValidName().IsMatch(job.Name))
                throw new InvalidOperationException($"The job name '{job.Name}' is not lower case with hyphens.");
            if (job.Schedule is JobSchedule.Every { Interval: var interval } && interval < ShortestInterval)
                throw new InvalidOperationException($"The job {job.Name} would run more often than every second.");
        }

        foreach (var (one, next) in list.Zip(list.Skip(1)))
        {
            if (one.Name == next.Name)
                throw new InvalidOperationException($"Two jobs are called {one.Name}.");
        }

        return list;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex ValidName();
}
