using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// A witness who began to tell and fell silent may have been taken too: whoever has the report hears that nothing more came. Whether it
/// names anybody registered makes no difference, so that nothing can be read from it.
/// </summary>
public sealed partial class SilentDrafts(
    Database database, SendReport send, IncidentPolicy policy, TextCatalog texts, ILogger<SilentDrafts> logger) : IRecurringJob
{
    private static readonly Duration Failed = Duration.FromMinutes(5);
    private static readonly Duration AnswerExpires = Duration.FromDays(1);

    public string Name => "unfinished-reports";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(10));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        foreach (var report in await session.Reports.SilentDraftsAsync(session.Now - policy.DraftSilence))
        {
            // One that cannot be read or sent keeps no other waiting.
            if (await session.TryAsync(() => FinishAsync(session, report, ct), ct) is not { } failure)
                continue;
            LogNotSent(report.Id.Value, failure.GetType().Name);
            await session.Reports.LookAgainAsync(report.Id, session.Now + Failed);
        }

        await session.CommitAsync(ct);
    }

    private async Task FinishAsync(Session session, Report report, CancellationToken ct)
    {
        // What does not open any more can be told to nobody, and is looked at once a day.
        if (report.Content is null)
            await session.Reports.LookAgainAsync(report.Id, session.Now + AnswerExpires);
        if (report.Content is null || await send.RunAsync(session, report, isIncomplete: true, ct) is not { } receipt
            || report.IsOfOldKey || report.From is not { } from || await session.Addresses.FindAsync(from) is not { IsDark: false } address)
            return;

        // In the language they were spoken to, and in words that tell nobody else what it is about.
        await session.Outbox.AddAsync(new NewDelivery(
            $"silent:{report.Id.Value:N}", address.Id, address.At.Channel, DeliveryPriority.Answer,
            new OutgoingMessage(texts.Say(report.Language, "report.sent-incomplete", ("receipt", receipt.Reveal()))),
            texts.Say(report.Language, "alert.repeat"), session.Now, session.Now + AnswerExpires));
    }

    [LoggerMessage(LogLevel.Error, "The silent report {ReportId} could not be sent ({Failure}); tried again in some minutes")]
    private partial void LogNotSent(Guid reportId, string failure);
}
