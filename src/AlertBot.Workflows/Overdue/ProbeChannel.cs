using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Backups;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Overdue;

/// <summary>
/// Sends a silent message to a chat that nobody reads, by the way that alerts take, and looks whether the one before arrived. Every other
/// check may say that all is well while nothing comes out at the end.
/// </summary>
public sealed class ProbeChannel(Database database, Alerts alerting, ProbePlace place, IClock clock) : IRecurringJob
{
    /// <summary>A message that has not left by then is late.</summary>
    public static readonly Duration Patience = Duration.FromMinutes(5);

    private static readonly Duration TellAgainAfter = Duration.FromHours(1);
    private static readonly Duration KeptFor = Duration.FromDays(1);

    public string Name => "probe";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Patience);

    public async Task RunAsync(CancellationToken ct)
    {
        if (place.Chat is not { } chat)
            return;

        await using var session = await database.BeginAsync(ct);
        var last = await session.Vitals.LastProbeAsync();
        // One that was sent a moment ago may be on its way: two nodes, or a job that was run by hand.
        if (last is { IsSent: false, IsOver: false } && clock.GetCurrentInstant() - last.At < Patience)
            return;
        if (last is { IsSent: false })
            await TellAsync(session, chat, last.At);

        var address = await session.Addresses.EnsureAsync(chat, null, isGroup: true, TextCatalog.FallbackLanguage);
        if (address.IsDark)
            await session.Addresses.BrightenAsync(address.Id);
        var text = new Line("overdue.probe", ("at", session.Now.InUtc())).In(TextCatalog.FallbackLanguage, alerting.Texts);
        await session.Outbox.AddAsync(new NewDelivery(
            string.Create(CultureInfo.InvariantCulture, $"{VitalsStore.Probes}{session.Now.ToUnixTimeMilliseconds()}"), address.Id, chat.Channel,
            DeliveryPriority.Urgent, new OutgoingMessage(text, Silent: true), alerting.Texts.Say(TextCatalog.FallbackLanguage, "alert.repeat"),
            session.Now, session.Now + Patience));
        await session.Vitals.ForgetProbesAsync(session.Now - KeptFor);
        await session.CommitAsync(ct);
    }

    private async Task TellAsync(Session session, ChannelAddress chat, Instant since)
    {
        var hour = session.Now.ToUnixTimeSeconds() / (long)TellAgainAfter.TotalSeconds;
        var draft = new AlertDraft(
            null, AlertKind.Overdue, Severity.Urgent, string.Create(CultureInfo.InvariantCulture, $"probe:{hour}"),
            new Line("overdue.probe-lost", ("channel", chat.Channel.ToString()), ("at", since.InUtc())), new Line("overdue.look"));
        await alerting.RaiseAsync(session, draft, await BackUp.OperatorsAsync(session));
    }
}

/// <summary>Where the probe goes.</summary>
/// <param name="Chat">Null: nowhere.</param>
public sealed record ProbePlace(ChannelAddress? Chat)
{
    public override string ToString() => "(probe)";
}
