using AlertBot.Domain.Channels;
using AlertBot.Domain.People;

namespace AlertBot.Postgres.Stores;

/// <content>Chats and accounts that get another address.</content>
public sealed partial class AddressStore
{
    /// <summary>
    /// Gives the chat and its topics a new address. If that address is already known, it takes over subscriptions and waiting messages; of a person's
    /// number also what they have reported and been told, and the number is nobody's any more.
    /// </summary>
    /// <returns>The person's account that took over from their number, and whose the number was; null if there was none.</returns>
    public async Task<(Address Account, PersonId OfNumber)?> MoveAsync(ChannelAddress from, ChannelAddress to)
    {
        (Address, PersonId)? met = null;
        var rows = await _access.QueryAsync<Row>($"select {Columns} from address where chat = @chat for update", new { chat = ChatOf(from) });
        foreach (var old in Read(rows))
        {
            var moved = to with { Value = to.Value + old.At.Value[ChatPart(old.At).Length..] };
            if (await FindAsync(moved) is { } there && there.Id != old.Id)
            {
                await HandOverAsync(old.Id, there.Id);
                if (old is { IsGroup: false, Person: { } owner })
                {
                    await RetireAsync(old.Id, there.Id);
                    met = (there, owner);
                }
            }
            else
            {
                await _access.ExecuteAsync(
                    "update address set lookup = @lookup, chat = @chat, value = @sealed where id = @id",
                    new
                    {
                        id = old.Id.Value,
                        lookup = LookupOf(moved),
                        chat = ChatOf(moved),
                        @sealed = _access.Seal("address.value", old.Id.Value, moved.Value),
                    });
            }
        }

        return met;
    }

    private async Task HandOverAsync(AddressId from, AddressId to)
    {
        var ids = new { from = from.Value, to = to.Value };
        await _access.ExecuteAsync(
            """
            insert into subscription (case_id, address_id, created_by, created_at)
            select case_id, @to, created_by, created_at from subscription where address_id = @from
            on conflict do nothing
            """,
            ids);
        await _access.ExecuteAsync("delete from subscription where address_id = @from", ids);
        await _access.ExecuteAsync(
            """
            update delivery d set address_id = @to
            where  d.address_id = @from and d.state in ('queued', 'retry', 'maybe', 'sending')
            and    not exists (select from delivery o where o.reason = d.reason and o.address_id = @to)
            """,
            ids);
        await _access.ExecuteAsync(
            "update delivery set state = 'superseded', body = null, lease_until = null where address_id = @from and state in ('queued', "
            + "'retry', 'maybe', 'sending')", ids);
    }

    // Whoever gets the number next must not find the one before there, and nothing may be sent to it. The row stays for what points to it.
    private Task<int> RetireAsync(AddressId from, AddressId to) => _access.ExecuteAsync(
        """
        update report set address_id = @to where address_id = @from;
        update delivery d set address_id = @to
        where  d.address_id = @from and not exists (select from delivery o where o.reason = d.reason and o.address_id = @to);
        update offer f set address_id = @to
        where  f.address_id = @from and not exists (select from offer o where o.message = f.message and o.address_id = @to);
        delete from conversation where address_id = @from;
        -- Whoever said /stop, and whoever's key nobody has checked, has done so on the account too, whatever else it is dark for. A check of the key
        -- gives back what was before it: the number's silence, or the account's own.
        update key_change k
        set    dark_before = case when 'stopped' in (f.dark_why, f.dark_before, t.dark_why, t.dark_before) then 'stopped' else t.dark_before end
        from   (select a.dark_why, c.dark_before from address a left join key_change c on c.address_id = a.id where a.id = @from) f,
               (select a.dark_why, case when c.address_id is null then a.dark_why else c.dark_before end as dark_before
                from   address a left join key_change c on c.address_id = a.id where a.id = @to) t
        where  k.address_id in (@from, @to);
        update key_change set address_id = @to where address_id = @from and not exists (select from key_change where address_id = @to);
        delete from key_change where address_id = @from;
        update address t
        set    dark_why = case when exists (select from key_change where address_id = @to) then 'key_changed' else f.dark_why end,
               dark_since = coalesce(f.dark_since, @now)
        from   address f
        where  t.id = @to and f.id = @from and f.dark_why in ('stopped', 'key_changed')
        and    (t.dark_why is null or t.dark_why <> 'key_changed' and t.dark_why is distinct from f.dark_why);
        delete from reporter_address where address_id = @from;
        update address set lookup = @nobody, chat = @nobody, value = null, person_id = null, dark_why = @gone, dark_since = @now where id = @from
        """,
        new
        {
            from = from.Value,
            to = to.Value,
            now = _access.Now,
            gone = Codes.Of(Refusal.Unregistered),
            nobody = _access.Vault.Lookup(LookupDomain, $"retired {from.Value:N}"),
        });
}
