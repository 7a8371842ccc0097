using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>
/// The first message to somebody whom an operator brought in: it asks for an answer, so that the messenger knows them for a contact
/// of ours before there is an alert, and we know that they read it. Until then nobody relies on them.
/// </summary>
public sealed class Handshake(TextCatalog texts) : IFirstContact
{
    /// <summary>What takes the answer.</summary>
    public const string Press = "hello";

    // Many are spread over days by the budget.
    private static readonly Duration WorthSendingFor = Duration.FromDays(30);

    /// <summary>Whether people on that messenger are asked: where it lets nobody be written to first, there is nothing to ask.</summary>
    public static bool IsFor(Address address) => address is { At.Channel: ChannelKind.Signal, IsGroup: false, WarmAt: null, AskedAt: null };

    public async Task AskAsync(Session session, Address address)
    {
        await session.Addresses.SetAskedAsync(address.Id);
        var yes = new Choice(texts.Plain(address.Language, "hello.yes"), Press + ":yes") { ByThumb = true };
        await session.Outbox.AddAsync(new NewDelivery(
            ReasonOf(address.Id), address.Id, address.At.Channel, DeliveryPriority.Reminder,
            new OutgoingMessage(texts.Say(address.Language, "hello.ask"), [[yes]]),
            texts.Say(address.Language, "alert.repeat"), session.Now, session.Now + WorthSendingFor));
    }

    /// <summary>The owner of an address has written to us on it: they are no stranger, and what waited for that need not wait.</summary>
    public async Task HeardAsync(Session session, Address address)
    {
        if (!await session.Addresses.WarmAsync(address.Id))
            return;

        await session.Outbox.SupersedeAsync(ReasonOf(address.Id));
        await session.Outbox.ReleaseAsync(address.Id, WaitReason.Budget);
    }

    private static string ReasonOf(AddressId address) => $"handshake:{address.Value:N}";
}
