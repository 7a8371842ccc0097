using System.Text.Json;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The choices that messages offer on a messenger without buttons.</summary>
public sealed class OfferStore
{
    private const string Columns = "id, message, original, choices, offered_at, taken_at";

    // Nobody scrolls back further. An answer to an older message counts as an ordinary message.
    private const int MostKept = 200;

    private readonly Access _access;

    internal OfferStore(Access access) => _access = access;

    /// <summary>
    /// Stores a message's choices in the order of their numbers. An edit changes the choices of the message for all its versions, since a
    /// person may answer any of them.
    /// </summary>
    /// <param name="original">The message as first sent; equal to <paramref name="message"/> unless that is an edit.</param>
    public async Task AddAsync(AddressId at, MessageRef message, MessageRef original, IReadOnlyList<Choice> choices)
    {
        // A phone may show another version of the same message.
        foreach (var version in await _access.QueryAsync<Guid>(
            "select id from offer where address_id = @Value and original = @Original",
        new { at.Value, Original = original.Value }))
        {
            await _access.ExecuteAsync("update offer set choices = @choices where id = @version", new { version, choices = Seal(version, choices) });
        }

        if (choices.Count > 0)
        {
            var id = Guid.CreateVersion7();
            await _access.ExecuteAsync(
                """
                insert into offer (id, address_id, message, original, choices, offered_at)
                values (@id, @Value, @Message, @Original, @choices, @now)
                on conflict (address_id, message) do nothing
                """,
                new { id, at.Value, Message = message.Value, Original = original.Value, choices = Seal(id, choices), now = _access.Now });
        }

        await _access.ExecuteAsync(
            "delete from offer where id in (select id from offer where address_id = @Value order by seq desc offset @MostKept)",
            new { at.Value, MostKept });
    }

    /// <summary>The choices of a message in any of its versions; null if there are none.</summary>
    public async Task<Offer?> OfAsync(AddressId at, MessageRef message) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from offer where address_id = @Value and message = @Message", new { at.Value, Message = message.Value }));

    /// <summary>The latest messages with choices there, newest first. An edit counts as its older message.</summary>
    public async Task<IReadOnlyList<Offer>> LatestAsync(AddressId at, int limit) => (await _access.QueryAsync<Row>(
        $"""
        select {Columns} from offer o
        where  o.address_id = @Value and o.message = o.original
        order  by o.seq desc
        limit  @limit
        """,
        new { at.Value, limit })).Select(row => Read(row)!).ToList();

    /// <summary>Records that one of its choices was made.</summary>
    public Task TakeAsync(AddressId at, MessageRef original) => _access.ExecuteAsync(
        "update offer set taken_at = @now where address_id = @Value and original = @Original",
        new { at.Value, Original = original.Value, now = _access.Now });

    private byte[] Seal(Guid id, IReadOnlyList<Choice> choices) =>
        _access.Seal("offer.choices", id, JsonSerializer.Serialize(choices, StoredJson.Options))!;

    private Offer? Read(Row? row) => row is null ? null : new Offer(
        new MessageRef(row.Original),
        JsonSerializer.Deserialize<List<Choice>>(_access.Open("offer.choices", row.Id, row.Choices)!, StoredJson.Options)!,
        row.OfferedAt, row.TakenAt);

    private sealed record Row(Guid Id, string Message, string Original, byte[] Choices, Instant OfferedAt, Instant? TakenAt);
}

/// <summary>The choices of one message.</summary>
/// <param name="Message">The message as first sent.</param>
/// <param name="Choices">Number 1 first. Empty if it no longer offers any.</param>
/// <param name="TakenAt">When a choice was last made; null: not yet.</param>
public sealed record Offer(MessageRef Message, IReadOnlyList<Choice> Choices, Instant OfferedAt, Instant? TakenAt);
