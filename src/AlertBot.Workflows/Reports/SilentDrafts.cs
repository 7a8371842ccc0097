using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// A witness who began to tell and fell silent may have been taken too. The person who took the report is told that nothing more came. It makes no
/// difference whether the draft names a registered person, so that the behaviour reveals nothing.
/// </summary>
public sealed class SilentDrafts(
    Database database, SendReport send, IncidentPolicy policy, TextCatalog texts, DamagedRow damaged) : IRecurringJob
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
            // A draft that cannot be read or sent must not hold up others.
            if (await session.TryAsync(() => FinishAsync(session, report, ct), ct) is not { } failure)
                continue;
            await damaged.TellAsync(session, "report", report.Id.Value, failure);
            await session.Reports.LookAgainAsync(report.Id, session.Now + Failed);
        }

        await session.CommitAsync(ct);
    }

    private async Task FinishAsync(Session session, Report report, CancellationToken ct)
    {
        // A draft that can no longer be opened can be told to nobody, so it is looked at once a day.
        if (report.Content is null)
            await session.Reports.LookAgainAsync(report.Id, session.Now + AnswerExpires);
        if (report.Content is null || await send.RunAsync(session, report, isIncomplete: true, ct) is not { } receipt
            || report.IsOfOldKey || report.From is not { } from || await session.Addresses.FindAsync(from) is not { IsDark: false } address)
            return;

        // The language is the conversation's, and the words reveal its subject to nobody else.
        await session.Outbox.AddAsync(new NewDelivery(
            $"silent:{report.Id.Value:N}", address.Id, address.At.Channel, DeliveryPriority.Answer,
            new OutgoingMessage(texts.Say(report.Language, "report.sent-incomplete", ("receipt", receipt.Reveal()))),
            texts.Say(report.Language, "alert.repeat"), session.Now, session.Now + AnswerExpires));
    }
}
