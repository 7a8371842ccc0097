using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Domain.Jobs;

/// <summary>
/// Work that runs by a schedule. Running it twice does no harm, and after downtime one run catches up. The engine starts it, and the database decides
/// what is done once.
/// </summary>
public interface IRecurringJob
{
    /// <summary>The work in words, lower case with hyphens, so that the list of jobs shows what the system does.</summary>
    string Name { get; }

    /// <summary>True if people wait for its work. Such a job never waits behind housekeeping.</summary>
    bool WatchesPeople => false;

    JobSchedule Schedule { get; }

    Task RunAsync(CancellationToken ct);
}

/// <summary>When a job runs. Its text is complete, because the engine compares it with the stored one.</summary>
public abstract record JobSchedule
{
    private JobSchedule() { }

    /// <summary>At a fixed interval, counted from the last planned time.</summary>
    public sealed record Every(Duration Interval) : JobSchedule
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"every {Interval.TotalSeconds} s");
    }

    /// <summary>Once a day, by the clock of a place.</summary>
    public sealed record Daily(LocalTime At, DateTimeZone Zone) : JobSchedule
    {
        public override string ToString() => $"daily at {LocalTimePattern.GeneralIso.Format(At)} {Zone.Id}";
    }
}
