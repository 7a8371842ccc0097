using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// Downloads the files of reports, removes what a camera wrote into pictures, and stores them sealed with their report's key. An unreachable
/// messenger is asked again at growing intervals, until the file is given up.
/// </summary>
public sealed partial class FetchFiles(
    Database database, IReadOnlyList<IChannel> channels, Corroborate corroborate, FreeSpace freeSpace, Alerts alerting, IClock clock,
    ILogger<FetchFiles> logger) : IRecurringJob
{
    /// <summary>The limit for one report, in bytes.</summary>
    public const long MostOfReport = 100L << 20;

    /// <summary>The limit for one sender in a day; further files wait.</summary>
    public const long MostOfSender = 200L << 20;

    private static readonly Duration Full = Duration.FromHours(1);

    private const int Batch = 10;

    /// <summary>With pauses of 1, 4, 9 ... minutes: about a day and a half.</summary>
    private const int MostAttempts = 18;

    // Longer than a batch may take: one download gives up after two minutes.
    private static readonly Duration Lease = Duration.FromMinutes(25);

    public string Name => "report-files";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(15));

    public async Task RunAsync(CancellationToken ct)
    {
        // Files are not downloaded when space is short: a database without space could not store any report.
        if (freeSpace.IsShort)
        {
            await TellOperatorsAsync(ct);
            return;
        }

        foreach (var file in await TakeAsync(ct))
        {
            if (await IsTooMuchAsync(file, ct))
                continue;
            // One that brings the program down is not tried for ever.
            if (file.Attempts > MostAttempts)
            {
                await using var given = await database.BeginAsync(ct);
                await given.ReportFiles.LoseAsync(file);
                await given.CommitAsync(ct);
                continue;
            }

            var fetched = await FetchAsync(file, ct);
            await using var session = await database.BeginAsync(ct);
            if (fetched is { Content.Length: > 0 and <= (int)FilesThatFit.Largest } found)
                await session.ReportFiles.KeepAsync(file, FileCleaning.Clean(found.Content).Content, found.ContentType);
            else if (fetched is not null || file.Attempts >= MostAttempts)
                await session.ReportFiles.LoseAsync(file);
            else
                await session.ReportFiles.LookAgainAsync(file, clock.GetCurrentInstant() + Duration.FromMinutes(file.Attempts * file.Attempts));
            // The file stays stored, whether or not this succeeds.
            if (await session.TryAsync(() => corroborate.FilesSeenAsync(session, file.Report), ct) is { } failure)
                LogNotCompared(file.Id, failure.GetType().Name);
            await session.CommitAsync(ct);
        }
    }

    private async Task<bool> IsTooMuchAsync(WaitingFile file, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var (ofReport, ofSender) = await session.ReportFiles.KeptBytesAsync(file);
        if (ofReport >= MostOfReport)
            await session.ReportFiles.LoseAsync(file);
        else if (ofSender >= MostOfSender)
            await session.ReportFiles.LookAgainAsync(file, session.Now + Full);
        else
            return false;
        await session.CommitAsync(ct);
        return true;
    }

    private async Task TellOperatorsAsync(CancellationToken ct)
    {
        LogNoSpace();
        await using var session = await database.BeginAsync(ct);
        var day = NodaTime.Text.LocalDatePattern.Iso.Format(session.Now.InUtc().Date);
        var draft = new AlertDraft(null, AlertKind.NoSpace, Severity.Urgent, $"no-space:{day}", new Line("files.no-space"))
        {
            Needs = Role.Owner,
        };
        await alerting.RaiseAsync(session, draft, await session.Addresses.OpenWithRoleAsync(Role.Owner));
        await session.CommitAsync(ct);
    }

    private async Task<IReadOnlyList<WaitingFile>> TakeAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var files = await session.ReportFiles.TakeAsync(session.Now + Lease, Batch);
        await session.CommitAsync(ct);
        return files;
    }

    // Null: try again later. A failing file must not hold up others.
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

    [LoggerMessage(LogLevel.Error, "Less than a tenth of the disk is free: no file of a report is fetched until there is more")]
    private partial void LogNoSpace();

    [LoggerMessage(LogLevel.Warning, "The file {FileId} could not be fetched ({Failure}); tried again later")]
    private partial void LogNotFetched(Guid fileId, string failure);

    [LoggerMessage(LogLevel.Error, "After the file {FileId} nobody could look whether its incident is confirmed ({Failure})")]
    private partial void LogNotCompared(Guid fileId, string failure);
}
