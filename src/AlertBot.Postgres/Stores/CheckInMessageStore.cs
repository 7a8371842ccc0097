using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>What became of a check-in's messages, found by their reason.</summary>
public sealed class CheckInMessageStore
{
    /// <summary>To the contacts.</summary>
    private const string Contacts = "contacts";

    private readonly Access _access;

    internal CheckInMessageStore(Access access) => _access = access;

    /// <summary>The reason of the message to the person, at the current step.</summary>
    public static string ToPerson(CheckIn one) => ReasonOf(one, NameOf(one.Step, one.IsExcused));

    /// <summary>The reason of the message to the contacts.</summary>
    public static string ToContacts(CheckIn one) => ReasonOf(one, Contacts);

    /// <summary>The reason of the message that it is over.</summary>
    public static string Over(CheckIn one) => ReasonOf(one, "over");

    /// <summary>When a message first left, to any address, and whether any copy still waits.</summary>
    public async Task<(Instant? SentAt, bool IsWaiting)> DepartureAsync(string reason)
    {
        var row = await _access.FirstAsync<DepartureRow>(
            """
            select min(finished_at) filter (where state = 'sent') as sent_at,
                   coalesce(bool_or(state in ('queued', 'sending', 'retry', 'maybe')), false) as is_waiting
            from   delivery where reason = @reason
            """,
            new { reason });
        return (row?.SentAt, row is { SentAt: null, IsWaiting: true });
    }

    /// <summary>Where a message arrived or may have arrived: these people must hear that it is over.</summary>
    public async Task<IReadOnlyList<Subscriber>> ReceivedAsync(string reason) => (await _access.QueryAsync<ReceivedRow>(
        """
        select a.id, a.channel, coalesce(p.language, a.language) as language, a.person_id
        from   address a
        left   join person p on p.id = a.person_id
        where  a.dark_why is null and exists (
            select from delivery d
            where  d.reason = @reason and d.address_id = a.id and (d.state in ('sent', 'maybe', 'sending') or d.unclear > 0 or d.parts_sent > 0))
        order  by a.created_at, a.id
        """,
        new { reason })).Select(row => new Subscriber(new AddressId(row.Id), Codes.Read<ChannelKind>(row.Channel), row.Language, IsGroup: false)
        {
            Person = row.PersonId is { } person ? new PersonId(person) : null,
        }).ToList();

    /// <summary>A round's messages in these chats that can still be edited.</summary>
    public async Task<IReadOnlyList<(DeliveryId Id, AddressId To, MessageRef Message)>> SentAsync(CheckIn one, IReadOnlyCollection<AddressId> to) =>
        (await _access.QueryAsync<(Guid Id, Guid To, string Message)>(
            """
            select   id, address_id, message_ref
            from     delivery
            where    address_id = any(@to) and reason = any(@reasons) and edits is null and state = 'sent' and message_ref is not null
            order by seq
            """,
            new { to = to.Select(address => address.Value).ToArray(), reasons = ReasonsOf(one) }))
        .Select(row => (new DeliveryId(row.Id), new AddressId(row.To), new MessageRef(row.Message))).ToList();

    /// <summary>Drops the round's waiting messages, which are pointless now.</summary>
    public Task SupersedeAsync(CheckIn one) => _access.ExecuteAsync(
        """
        update delivery set state = 'superseded', body = null, finished_at = @now
        where  reason = any(@reasons) and state in ('queued', 'retry', 'maybe')
        """,
        new { reasons = ReasonsOf(one), now = _access.Now });

    private static string[] ReasonsOf(CheckIn one) => Enum.GetValues<CheckInStep>()
        .SelectMany(step => new[] { NameOf(step, isExcused: false), NameOf(step, isExcused: true) }).Append(Contacts)
        .Select(name => ReasonOf(one, name)).ToArray();

    private static string NameOf(CheckInStep step, bool isExcused) => isExcused ? Codes.Of(step) + "_late" : Codes.Of(step);

    private static string ReasonOf(CheckIn one, string name) => string.Create(
        CultureInfo.InvariantCulture, $"checkin:{one.Id.Value:N}:{one.Round}:{name}");

    private sealed record DepartureRow(Instant? SentAt, bool IsWaiting);

    private sealed record ReceivedRow(Guid Id, string Channel, string Language, Guid? PersonId);
}
