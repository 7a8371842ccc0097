using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>How often an address named a code that does not exist. The named code is not stored.</summary>
public sealed class WrongCodeStore
{
    private readonly Access _access;

    internal WrongCodeStore(Access access) => _access = access;

    /// <param name="kind">The kind of code: <c>invite</c> or <c>case</c>.</param>
    public Task AddAsync(AddressId address, string kind) => _access.ExecuteAsync(
        "insert into wrong_code (id, address_id, kind, at) values (@Id, @Address, @kind, @now)",
        new { Id = Guid.CreateVersion7(), Address = address.Value, kind, now = _access.Now });

    /// <summary>The number since then; older entries are deleted.</summary>
    public async Task<int> CountAsync(AddressId address, string kind, Instant since)
    {
        await _access.ExecuteAsync(
            "delete from wrong_code where address_id = @Value and kind = @kind and at < @since", new { address.Value, kind, since });
        return await _access.ValueAsync<int>(
            "select count(*)::int from wrong_code where address_id = @Value and kind = @kind", new { address.Value, kind });
    }
}
