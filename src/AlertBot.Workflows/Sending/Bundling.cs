using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>
/// Puts alerts for one chat together into one message, if its pace would not carry each alone in time. Nothing is cut: what does not fit goes into
/// the next message. Critical ones go first, and share a message only with each other.
/// </summary>
internal sealed class Bundling(IChannel channel, TextCatalog texts)
{
    /// <summary>An alert goes alone if it and those that wait with it are shown within this time of being due.</summary>
    internal static readonly Duration InTime = Duration.FromSeconds(5);

    // An alert is due from the beginning of the act that raises it. One that raises a hundred takes a moment, which puts no critical ones together.
    private static readonly Duration Raising = Duration.FromSeconds(1);

    /// <summary>Adds to a delivery the alerts that wait for the same chat.</summary>
    /// <param name="slots">When the next alerts may leave for its chat, from now; null: all at once.</param>
    public async Task<DueDelivery> FillAsync(Session session, DueDelivery first, IReadOnlyList<Duration>? slots, Guid sender, Duration lease)
    {
        // A message to a stranger may have to wait for another day.
        var mayWait = first.IsToStranger && channel.Capabilities.NewPeople is not null;
        if (slots is null || first.Companions == 0 || mayWait || first.ExpiresAt <= session.Now || !MayShare(first.Message)
            || await AreInTimeAloneAsync(session, first, slots))
            return first;

        var companions = Fitting([first], await session.Outbox.CompanionsAsync(first, IsCritical(first))).Skip(1)
            .Select(companion => companion with { IsBundled = true }).ToList();
        if (companions.Count == 0)
            return first;
        await session.Outbox.TakeAsync(companions, sender, lease);
        return first with { Message = Of([first, .. companions]), IsBundled = true, Bundled = companions };
    }

    // Whether all of its class that wait may go alone. Critical ones may not if the lesser ones, put together, would come too late for it.
    private async Task<bool> AreInTimeAloneAsync(Session session, DueDelivery first, IReadOnlyList<Duration> slots)
    {
        var waited = await session.Outbox.WaitedAsync(first);
        var alone = waited.Where(one => one.IsCritical == IsCritical(first))
            .Select(one => one.IsCritical ? FromNow(one.Waited) : one.Waited).ToList();
        if (!AreInTime(alone, slots, InTime))
            return false;
        var lesser = waited.Where(one => !one.IsCritical).Select(one => one.Waited).ToList();
        if (!IsCritical(first) || lesser.Count == 0)
            return true;

        var inOne = Math.Max(1, Fitting([], await session.Outbox.CompanionsAsync(first, areCritical: false)).Count);
        return AreInTime(lesser.Where((_, index) => index % inOne == 0).ToList(), slots.Skip(alone.Count).ToList(), InTime + Raising);
    }

    // Critical ones that the messenger made wait longer are late in any case: a second more does not put them together.
    private static Duration FromNow(Duration waited) => waited > InTime ? Duration.Zero : waited;

    private static bool AreInTime(List<Duration> waited, IReadOnlyList<Duration> slots, Duration within) =>
        waited.Count <= slots.Count && waited.Zip(slots).All(one => one.First + one.Second <= within);

    // As many as fit into one message, in their order.
    private List<DueDelivery> Fitting(List<DueDelivery> begun, IReadOnlyList<DueDelivery> more)
    {
        List<DueDelivery> all = [.. begun];
        foreach (var one in more.Where(one => MayShare(one.Message)))
        {
            all.Add(one);
            if (all.Count > 1 && !Fits(Of(all), one))
                return all[..^1];
        }

        return all;
    }

    private OutgoingMessage Of(List<DueDelivery> alerts) => Of(
        alerts.Select(one => one.Unclear == 0 ? one.Message : one.Message with { Text = one.RepeatNote + RichText.Of("\n") + one.Message.Text })
            .ToList(),
        alerts[0].Language);

    /// <summary>One message that says them all under numbers. The number stands before the words of each alert's buttons too.</summary>
    private OutgoingMessage Of(List<OutgoingMessage> alerts, string language)
    {
        var title = texts.Say(language, "alert.several", ("count", alerts.Count));
        var choices = alerts.SelectMany((alert, index) => (alert.Choices ?? []).Select(
            row => (IReadOnlyList<Choice>)row.Select(choice => choice with { Label = $"{index + 1} · {choice.Label}", ByThumb = false }).ToList()));
        return new OutgoingMessage(
            RichText.Join("\n\n", alerts.Select((alert, index) => Numbered(index + 1, alert.Text)).Prepend(title)),
            choices.ToList() is { Count: > 0 } rows ? rows : null,
            Silent: alerts.All(alert => alert.Silent));
    }

    // The number shares the style that most alerts begin with: a message holds only so many.
    private static RichText Numbered(int number, RichText text)
    {
        var before = RichText.Of($"{number}. ", TextStyle.Bold);
        var all = before + text;
        return text.Spans is [{ Start: 0, Style: TextStyle.Bold } begins, ..]
            ? all with { Spans = [begins with { Length = before.Plain.Length + begins.Length }, .. all.Spans.Skip(2)] }
            : all;
    }

    private bool Fits(OutgoingMessage message, DueDelivery delivery)
    {
        var room = channel.Capabilities.MaxTextLength - delivery.RepeatNote.Plain.Length - 1;
        var written = channel.Capabilities.HasButtons ? message : NumberedChoices.Written(message, delivery.Language, texts);
        return written.Text.Plain.Length <= room && channel.Capabilities.Limits?.Hold(written) != false;
    }

    private static bool IsCritical(DueDelivery delivery) => delivery.Priority == DeliveryPriority.Now;

    private static bool MayShare(OutgoingMessage message) => message is { File: null, AskLocation: false, IsWithdrawal: false };
}
