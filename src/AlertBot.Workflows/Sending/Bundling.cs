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
    /// <summary>What the pace carries in this time goes alone.</summary>
    internal static readonly Duration InTime = Duration.FromSeconds(5);

    // Telegram shows at most a hundred buttons below a message.
    private const int MostChoices = 90;

    // Room for what an alert says later: who took it, what changed.
    private const double Filled = 0.9;

    /// <summary>Adds to a delivery the alerts that wait for the same chat.</summary>
    /// <param name="carries">How many messages to its chat the pace carries in time.</param>
    public async Task<DueDelivery> FillAsync(Session session, DueDelivery first, int carries, Guid sender, Duration lease)
    {
        // A message to a stranger may have to wait for another day.
        var mayWait = first.IsToStranger && channel.Capabilities.NewPeople is not null;
        if (first.Companions < carries || mayWait || first.ExpiresAt <= session.Now || !MayShare(first.Message))
            return first;

        var companions = new List<DueDelivery>();
        var message = first.Message;
        foreach (var companion in (await session.Outbox.CompanionsAsync(first)).Where(one => MayShare(one.Message)))
        {
            var longer = Of([first, .. companions, companion]);
            if (!Fits(longer, first, Filled))
                break;
            companions.Add(companion with { IsBundled = true });
            message = longer;
        }

        if (companions.Count == 0)
            return first;
        await session.Outbox.TakeAsync(companions, sender, lease);
        return first with { Message = message, IsBundled = true, Bundled = companions };
    }

    private OutgoingMessage Of(IReadOnlyList<DueDelivery> alerts) => Of(
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
            RichText.Join("\n\n", alerts.Select((alert, index) => RichText.Of($"{index + 1}. ", TextStyle.Bold) + alert.Text).Prepend(title)),
            choices.ToList() is { Count: > 0 } rows ? rows : null,
            Silent: alerts.All(alert => alert.Silent));
    }

    private bool Fits(OutgoingMessage message, DueDelivery delivery, double share)
    {
        var room = (channel.Capabilities.MaxTextLength - delivery.RepeatNote.Plain.Length - 1) * share;
        var written = channel.Capabilities.HasButtons ? message : NumberedChoices.Written(message, delivery.Language, texts);
        return written.Text.Plain.Length <= room && NumberedChoices.Of(message).Count <= MostChoices;
    }

    private static bool MayShare(OutgoingMessage message) => message is { File: null, AskLocation: false, IsWithdrawal: false };
}
