using AlertBot.Domain.Channels;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Incidents;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// Fetches what was sent beside words, takes out of pictures what their camera wrote into them, and keeps it sealed with the key
/// of its report. A messenger that is away is asked again, longer and longer, until it is no use any more.
/// </summary>
public sealed partial class FetchFiles(
    Database database, IReadOnlyList<IChannel> channels, Corroborate corroborate, IClock clock, ILogger<FetchFiles> logger) : IRecurringJob
{
    private const int Batch = 10;

    /// <summary>With pauses of 1, 4, 9 ... minutes: about a day and a half.</summary>
    private const int MostAttempts = 18;

    // Longer than one batch may take: fetching one gives up after two minutes.
    private static readonly Duration Lease = Duration.FromMinutes(25);

    public string Name => "report-files";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(10));

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var file in await TakeAsync(ct))
        {
            var fetched = await FetchAsync(file, ct);
            await using var session = await database.BeginAsync(ct);
            if (fetched is { Content.Length: > 0 and <= (int)FilesThatFit.Largest } found)
                await session.ReportFiles.KeepAsync(file, PictureMetadata.Strip(found.Content), found.ContentType);
            else if (fetched is not null || file.Attempts >= MostAttempts)
                await session.ReportFiles.LoseAsync(file);
            else
                await session.ReportFiles.LookAgainAsync(file, clock.GetCurrentInstant() + Duration.FromMinutes(file.Attempts * file.Attempts));
            // The file is kept, whatever becomes of that.
            if (await session.TryAsync(() => corroborate.FilesSeenAsync(session, file.Report), ct) is { } failure)
                LogNotCompared(file.Id, failure.GetType().Name);
            await session.CommitAsync(ct);
        }
    }

    private async Task<IReadOnlyList<WaitingFile>> TakeAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var files = await session.ReportFiles.TakeAsync(session.Now + Lease, Batch);
        await session.CommitAsync(ct);
        return files;
    }

    // Null: not now. One that fails keeps no other waiting.
    private async Task<FetchedFile?> FetchAsync(WaitingFile file, CancellationToken ct)
    {
        try
        {
            return channels.FirstOrDefault(one => one.Kind == file.Channel) is { } channel ? await channel.FetchAsync(file.Handle(), ct) : null;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            LogNotFetched(file.Id, failure.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The file {FileId} could not be fetched ({Failure}); tried again later")]
    private partial void LogNotFetched(Guid fileId, string failure);

    [LoggerMessage(LogLevel.Error, "After the file {FileId} nobody could look whether its incident is confirmed ({Failure})")]
    private partial void LogNotCompared(Guid fileId, string failure);
}
