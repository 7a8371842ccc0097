using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>
/// The first message to somebody whom an operator imported. It asks for an answer, so that the messenger knows them as our contact before there is an
/// alert, and we know that they read it. Until then nobody relies on them.
/// </summary>
public sealed class Handshake(TextCatalog texts) : IFirstContact
{
    /// <summary>The press that takes the answer.</summary>
    public const string Press = "hello";

    // The budget of new people may spread many of them over days.
    private static readonly Duration WorthSendingFor = Duration.FromDays(30);

    /// <summary>Whether people on that messenger are asked: not if the messenger lets no bot write first.</summary>
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

    /// <summary>
    /// The owner of an address has written to us from it. They are no stranger any more, and messages that waited for that may leave.
    /// </summary>
    public async Task HeardAsync(Session session, Address address)
    {
        if (!await session.Addresses.WarmAsync(address.Id))
            return;

        await session.Outbox.SupersedeAsync(ReasonOf(address.Id));
        await session.Outbox.ReleaseAsync(address.Id, WaitReason.Budget);
    }

    private static string ReasonOf(AddressId address) => $"handshake:{address.Value:N}";
}
