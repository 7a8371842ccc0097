using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// Tells a reporter three times what became of their report: a person has read it, somebody has taken it, it is closed. The words say nothing of the
/// matter, since others may look at the phone. Reporters who asked not to be contacted are told nothing.
/// </summary>
public sealed partial class HearBack(Database database, TextCatalog texts, ILogger<HearBack> logger) : IRecurringJob
{
    private const int Batch = 50;
    private static readonly Duration WorthTelling = Duration.FromDays(2);

    public string Name => "reporters-hear-back";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(15));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        foreach (var (id, stage) in await session.Reports.TakeUnheardAsync(Batch))
        {
            // A message that fails now is dropped: the reporter can ask for the same with /status.
            if (await session.TryAsync(() => TellAsync(session, id, stage), ct) is { } failure)
                LogNotTold(id.Value, failure.GetType().Name);
            await session.Reports.MarkHeardAsync(id, stage);
        }

        await session.CommitAsync(ct);
    }

    private async Task TellAsync(Session session, ReportId id, ReportStage stage)
    {
        if (await session.Reports.FindAsync(id) is not { From: { } from, Content: { IsSilence: false } content, Incident: { } of } report
            || content.MayContact == false
            || await session.Addresses.FindAsync(from) is not { IsDark: false } address || await session.Incidents.FindAsync(of) is not { } incident)
            return;

        var text = texts.Say(
            report.Language, "report.heard." + Words.Snake(stage.ToString()), ("outcome", (object?)incident.Outcome ?? Outcome.Other));
        var choices = stage == ReportStage.Ended
            ? new[] { new[] { new Choice(texts.Plain(report.Language, "report.that-is-wrong"), $"wrong:{id.Value:N}") } }
            : null;
        await session.Outbox.AddAsync(new NewDelivery(
            string.Create(CultureInfo.InvariantCulture, $"heard:{id.Value:N}:{stage}:{incident.Version}"), address.Id, address.At.Channel,
            DeliveryPriority.Answer, new OutgoingMessage(text, choices), texts.Say(report.Language, "alert.repeat"), session.Now,
            session.Now + WorthTelling));
    }

    [LoggerMessage(LogLevel.Warning, "The reporter of {ReportId} could not be told what became of it ({Failure})")]
    private partial void LogNotTold(Guid reportId, string failure);
}
