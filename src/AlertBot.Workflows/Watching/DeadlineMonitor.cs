using System.Security.Cryptography;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Watching;

/// <summary>
/// Watches every date of every case: release dates, hearings, appeals, papers, dates that have passed without an answer, and
/// detained people for whom no next date is on file. It goes by an index on what is due, so a tick costs what is due.
/// Running it twice tells nothing twice; after downtime one tick tells what still matters, once, and says that it is late.
/// </summary>
public sealed partial class DeadlineMonitor(Database database, CaseWatch watch, TextCatalog texts, IClock clock, ILogger<DeadlineMonitor> logger)
    : IRecurringJob
{
    private const int Batch = 100;

    public string Name => "deadline-monitor";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(10));

    public async Task RunAsync(CancellationToken ct)
    {
        while (await TickAsync(ct) == Batch)
        {
        }
    }

    /// <returns>How many cases were looked at.</returns>
    private async Task<int> TickAsync(CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        await using var session = await database.BeginAsync(ct);
        var due = await session.Deadlines.TakeDueCasesAsync(now, Batch);
        if (due.Count == 0)
            return 0;

        var looks = await watch.LookAsync(session, await session.Cases.LoadAsync(due), now);
        var recipients = await Alerts.RecipientsAsync(session, due);
        foreach (var look in looks)
        {
            if (look.Failure is { } failure)
                LogPostponed(look.File.Id.Value, RandomNumberGenerator.GetHexString(8), failure.GetType().Name, failure.TargetSite?.Name ?? "?");
            foreach (var draft in WhatToTell(look))
                await Alerts.RaiseAsync(session, texts, draft, recipients(look.File.Id), now);
        }

        await session.CommitAsync(ct);
        return due.Count;
    }

    // Nobody recorded anything just now, so a date that moved did so because the law or its calendar was changed.
    private static IEnumerable<AlertDraft> WhatToTell(CaseLook look) =>
        ChangeAlert.OfMoved(look).Concat(ReminderAlert.Of(look.File, look.Reminders));

    [LoggerMessage(LogLevel.Error, "The deadlines of case {CaseId} could not be computed (code {Incident}: {Failure} in {Place}); tried again in an hour")]
    private partial void LogPostponed(Guid caseId, string incident, string failure, string place);
}
