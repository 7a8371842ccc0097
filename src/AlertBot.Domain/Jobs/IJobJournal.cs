using NodaTime;

namespace AlertBot.Domain.Jobs;

/// <summary>
/// Remembers how each job went last, for <c>doctor</c>. A run that a stopping node interrupts is started and never
/// finished: another node starts it again.
/// </summary>
public interface IJobJournal
{
    Task StartedAsync(string job, Instant at);

    /// <param name="failureCode">What the log calls this failure; null when the run went well.</param>
    Task FinishedAsync(string job, Instant at, Duration took, string? failureCode);
}
