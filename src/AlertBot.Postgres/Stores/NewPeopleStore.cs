using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Strangers we write to, by day, for messengers that limit their number.</summary>
public sealed class NewPeopleStore
{
    private readonly Access _access;

    internal NewPeopleStore(Access access) => _access = access;

    /// <summary>How many were written to on that day.</summary>
    public Task<int> UsedAsync(ChannelKind channel, LocalDate day) => _access.ValueAsync<int>(
        "select count(*)::int from address where channel = @channel and new_on = @day", new { channel = Codes.Of(channel), day });

    /// <summary>
    /// Like <see cref="UsedAsync"/>, but locked until the act ends, so that of two who count at once the second sees the first one's count.
    /// </summary>
    public async Task<int> TakeUsedAsync(ChannelKind channel, LocalDate day)
    {
        await _access.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended('new people ' || @channel, 0))", new { channel = Codes.Of(channel) });
        return await UsedAsync(channel, day);
    }

    /// <summary>Counts the address as written to today, unless it was counted before or has written to us.</summary>
    public Task CountAsync(AddressId id, LocalDate day) => _access.ExecuteAsync(
        "update address set new_on = @day where id = @Value and new_on is null and warm_at is null", new { id.Value, day });

    /// <summary>How many people wait for a later day.</summary>
    /// <param name="outcome">The outcome of deliveries that wait so.</param>
    public Task<int> WaitingAsync(ChannelKind channel, string outcome) => _access.ValueAsync<int>(
        "select count(distinct address_id)::int from delivery where channel = @channel and state = 'retry' and outcome = @outcome",
        new { channel = Codes.Of(channel), outcome });
}
