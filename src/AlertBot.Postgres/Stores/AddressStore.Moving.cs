using AlertBot.Domain.Channels;
using AlertBot.Domain.People;

namespace AlertBot.Postgres.Stores;

/// <content>Chats that get a new address, and accounts that were known by number.</content>
public sealed partial class AddressStore
{
    /// <summary>
    /// Gives the chat and its topics a new address. If that address is already known, it takes over subscriptions and waiting messages.
    /// </summary>
    public async Task MoveAsync(ChannelAddress from, ChannelAddress to)
    {
        await RememberNumberAsync(from, to);
        var rows = await _access.QueryAsync<Row>($"select {Columns} from address where chat = @chat for update", new { chat = ChatOf(from) });
        foreach (var old in Read(rows))
        {
            var moved = to with { Value = to.Value + old.At.Value[ChatPart(old.At).Length..] };
            if (await FindAsync(moved) is { } there && there.Id != old.Id)
                await HandOverAsync(old, there);
            else
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

    /// <summary>Records which account is behind a number, so that <see cref="FindAsync(ChannelAddress)"/> finds it by either.</summary>
    public async Task RememberNumberAsync(ChannelAddress number, ChannelAddress account)
    {
        if (number.Channel == ChannelKind.Signal && number.Value.StartsWith('+'))
            await _access.ExecuteAsync(
                """
                insert into number_account (lookup, account, known_at) values (@lookup, @account, @now)
                on conflict (lookup) do update set account = excluded.account, known_at = excluded.known_at
                """,
                new { lookup = LookupOf(number), account = LookupOf(account), now = _access.Now });
    }

    private async Task HandOverAsync(Address old, Address there)
    {
        var ids = new { from = old.Id.Value, to = there.Id.Value };
        await MakeOneAsync(old, there);
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

    // Somebody was known by number and by account, as two people. The one who has written to us goes on, with the higher role; the suspension of
    // one is that of both.
    private async Task MakeOneAsync(Address old, Address there)
    {
        if (old.Person is not { } from || there.Person is not { } to || from == to || old.WarmAt is not null)
            return;
        var ids = new { from = from.Value, to = to.Value };
        await _access.ExecuteAsync(
            """
            update person p
            set    role = case when array_position(r.all_roles, o.role) > array_position(r.all_roles, p.role) then o.role else p.role end,
                   frozen = p.frozen or o.frozen
            from   person o, (select array['reporter', 'advocate', 'coordinator', 'owner']) r (all_roles)
            where  p.id = @to and o.id = @from
            """,
            ids);
        await _access.ExecuteAsync(
            """
            update person set role = 'reporter'
            where  id = @from and not exists (select from address a where a.person_id = @from and a.id <> @old)
            """,
            new { ids.from, old = old.Id.Value });
        await GiveToAsync(old.Id, to);
    }
}
