using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// Removes our messages from a chat: deletes them if the messenger still allows it, else replaces their text. The phone may be in other hands, so no
/// later edit brings anything back.
/// </summary>
public sealed class WithdrawMessages(TextCatalog texts)
{
    // People look at the latest messages first.
    private const int Newest = 200;
    private static readonly Duration WorthTrying = Duration.FromDays(7);

    /// <returns>The number of messages in the chat.</returns>
    public async Task<int> FromAsync(Session session, Address chat)
    {
        var hanging = await session.Outbox.HangingAsync(chat.Id);
        await session.Outbox.MarkWithdrawnAsync(hanging.Select(one => one.Id).ToList());
        await session.Outbox.ForgetLostAsync(chat.Id);
        var gone = new OutgoingMessage(texts.Say(chat.Language, "freeze.withdrawn")) { IsWithdrawal = true };
        var repeat = texts.Say(chat.Language, "alert.repeat");
        await session.Outbox.AddAsync(hanging.SelectMany((message, place) => message.Parts.Select((part, number) => new NewDelivery(
            string.Create(CultureInfo.InvariantCulture, $"withdrawn:{message.Id.Value:N}:{number}"), chat.Id, chat.At.Channel,
            place < Newest ? DeliveryPriority.Urgent : DeliveryPriority.Digest, gone, repeat, session.Now, session.Now + WorthTrying)
        {
            EditsMessage = part,
            Telling = Telling.Withdrawal,
        })).DistinctBy(one => one.EditsMessage).ToList());
        return hanging.Count;
    }
}
