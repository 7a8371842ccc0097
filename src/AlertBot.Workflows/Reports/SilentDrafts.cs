using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.Names;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Names;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// A witness who began to tell of a taken person and fell silent may have been taken too: what they told goes out on its own,
/// marked incomplete. A draft that names nobody waits; the person it tells of may be registered later.
/// </summary>
public sealed partial class SilentDrafts(
    Database database, NameRegistry names, SendReport send, IncidentPolicy policy, TextCatalog texts, ILogger<SilentDrafts> logger)
    : IRecurringJob
{
    private static readonly Duration NamesNobody = Duration.FromHours(1);
    private static readonly Duration TooOld = Duration.FromDays(7);
    private static readonly Duration Never = Duration.FromDays(36_500);
    private static readonly Duration Failed = Duration.FromMinutes(5);
    private static readonly Duration AnswerExpires = Duration.FromDays(1);

    public string Name => "unfinished-reports";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(10));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        foreach (var draft in await session.Reports.SilentDraftsAsync(session.Now - policy.DraftSilence))
        {
            // One that cannot be read or sent keeps no other waiting.
            if (await session.TryAsync(() => LookAsync(session, draft, ct), ct) is not { } failure)
                continue;
            LogNotSent(draft.Id.Value, failure.GetType().Name);
            await session.Reports.LookAgainAsync(draft.Id, session.Now + Failed);
        }

        await session.CommitAsync(ct);
    }

    private async Task LookAsync(Session session, Report draft, CancellationToken ct)
    {
        if (draft.Content is not { } content || !await NamesSomebodyAsync(content, ct))
        {
            // Each pause is as long as the silence: what is old is rarely looked at, and in the end never.
            var silence = session.Now - draft.ChangedAt;
            await session.Reports.LookAgainAsync(draft.Id, silence > TooOld ? session.Now + Never : session.Now + Duration.Max(NamesNobody, silence));
            return;
        }

        if (await send.RunAsync(session, draft, isIncomplete: true, ct) is not { } receipt
            || draft.IsOfOldKey || draft.From is not { } from || await session.Addresses.FindAsync(from) is not { IsDark: false } address)
            return;

        // In the language they were spoken to, and in words that tell nobody else what it is about.
        await session.Outbox.AddAsync(new NewDelivery(
            $"silent:{draft.Id.Value:N}", address.Id, address.At.Channel, DeliveryPriority.Now,
            new OutgoingMessage(texts.Say(draft.Language, "report.sent-incomplete", ("receipt", receipt.Reveal()))),
            texts.Say(draft.Language, "alert.repeat"), session.Now, session.Now + AnswerExpires));
    }

    private async Task<bool> NamesSomebodyAsync(ReportContent content, CancellationToken ct) =>
        content.Who is not null
        || (content.Words.Count > 0 && (await names.FindAsync(string.Join("\n", content.Words), 1, ct)).Any(match => match.Band != NameBand.No));

    [LoggerMessage(LogLevel.Error, "The silent draft {ReportId} could not be sent ({Failure}); tried again in some minutes")]
    private partial void LogNotSent(Guid reportId, string failure);
}
