using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Domain.Jobs;

/// <summary>
/// Work that goes by the clock. Running it twice does no harm, and after downtime one run catches up;
/// the engine decides when, the database decides once.
/// </summary>
public interface IRecurringJob
{
    /// <summary>The work in words, lower case with hyphens: whoever looks at the list of jobs reads what the system does.</summary>
    string Name { get; }

    /// <summary>True when people wait for its work. Such a job never waits behind one that only keeps house.</summary>
    bool WatchesPeople => false;

    JobSchedule Schedule { get; }

    Task RunAsync(CancellationToken ct);
}

/// <summary>When a job runs. Its text says all of it: the engine compares it with what it has stored.</summary>
public abstract record JobSchedule
{
    private JobSchedule() { }

    /// <summary>Every so often, counted from the last planned time.</summary>
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
