using System.Text.Json;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>What messages offer to choose from, where a messenger has no buttons to keep it in.</summary>
public sealed class OfferStore
{
    private const string Columns = "id, message, original, choices, offered_at, taken_at";

    // More than anybody scrolls back; what is older than that is answered as any other word.
    private const int MostKept = 200;

    private readonly Access _access;

    internal OfferStore(Access access) => _access = access;

    /// <summary>
    /// That message offers these choices, in the order of their numbers. A change of a message changes what the message offers,
    /// whichever of its versions a person answers.
    /// </summary>
    /// <param name="original">The message as it was first sent; the same as <paramref name="message"/> unless this is a change of it.</param>
    public async Task AddAsync(AddressId at, MessageRef message, MessageRef original, IReadOnlyList<Choice> choices)
    {
        // Another version of the same message may be the one that a phone shows.
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

    /// <summary>What that message offers, whichever of its versions is meant; null: nothing.</summary>
    public async Task<Offer?> OfAsync(AddressId at, MessageRef message) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from offer where address_id = @Value and message = @Message", new { at.Value, Message = message.Value }));

    /// <summary>What was offered there last, newest first, a change of an older message counting as that message.</summary>
    public async Task<IReadOnlyList<Offer>> LatestAsync(AddressId at, int limit) => (await _access.QueryAsync<Row>(
        $"""
        select {Columns} from offer o
        where  o.address_id = @Value and o.message = o.original
        order  by o.seq desc
        limit  @limit
        """,
        new { at.Value, limit })).Select(row => Read(row)!).ToList();

    /// <summary>Something of it was chosen.</summary>
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

/// <summary>What one message offers.</summary>
/// <param name="Message">As it was first sent.</param>
/// <param name="Choices">Number 1 first. Empty: it offers nothing any more.</param>
/// <param name="TakenAt">When something of it was chosen last; null: nothing yet.</param>
public sealed record Offer(MessageRef Message, IReadOnlyList<Choice> Choices, Instant OfferedAt, Instant? TakenAt);
