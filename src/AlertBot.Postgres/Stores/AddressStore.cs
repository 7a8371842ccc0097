using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The addresses of people and groups. The address itself is sealed, and found by a keyed hash.</summary>
public sealed partial class AddressStore
{
    internal const string LookupDomain = "address";

    // A reporter's address is in a table of its own, so that it can be erased from backups too.
    private const string Columns =
        "id, channel, coalesce(value, (select r.value from reporter_address r where r.address_id = address.id)) as value, "
        + "person_id, is_group, language, dark_why, dark_since, warm_at, asked_at";

    private const string OpenOfPeople =
        """
        select a.id, a.channel, p.language, a.is_group, p.role, p.id as person, p.discreet, p.prefers,
               (a.asked_at is not null and a.warm_at is null) as unconfirmed
        from   address a
        join   person p on p.id = a.person_id
        """;

    private readonly Access _access;

    internal AddressStore(Access access) => _access = access;

    public async Task<Address?> FindAsync(ChannelAddress at) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from address where lookup = @lookup", new { lookup = LookupOf(at) })) is { } found
            ? found.At.Value.Length > 0 ? found : await GiveBackAsync(found with { At = at })
            : null;

    public async Task<Address?> FindAsync(AddressId id) =>
        Read(await _access.FirstAsync<Row>($"select {Columns} from address where id = @Value", new { id.Value }));

    public async Task<IReadOnlyDictionary<AddressId, Address>> FindAsync(IEnumerable<AddressId> ids) => Read(await _access.QueryAsync<Row>(
        $"select {Columns} from address where id = any(@ids)", new { ids = ids.Select(id => id.Value).Distinct().ToArray() }))
        .ToDictionary(address => address.Id);

    /// <summary>The chat itself and all its known topics.</summary>
    public async Task<IReadOnlyList<Address>> OfChatAsync(ChannelAddress at) => Read(await _access.QueryAsync<Row>(
        $"select {Columns} from address where chat = @chat order by created_at, id", new { chat = ChatOf(at) }));

    /// <summary>All addresses of one person, oldest first.</summary>
    public async Task<IReadOnlyList<Address>> OfAsync(PersonId person) => Read(await _access.QueryAsync<Row>(
        $"select {Columns} from address where person_id = @Value order by created_at, id", new { person.Value }));

    /// <summary>The private addresses of everybody with at least that role, except suspended people.</summary>
    public async Task<IReadOnlyList<Address>> WithRoleAsync(Role least)
    {
        var roles = Enum.GetValues<Role>().Where(role => role >= least).Select(Codes.Of).ToArray();
        return Read(await _access.QueryAsync<Row>(
            """
            select a.id, a.channel, coalesce(a.value, (select r.value from reporter_address r where r.address_id = a.id)) as value,
                   a.person_id, a.is_group, a.language, a.dark_why, a.dark_since, a.warm_at, a.asked_at
            from   address a
            join   person p on p.id = a.person_id
            where  p.role = any(@roles) and not p.frozen
            order  by a.created_at, a.id
            """,
            new { roles }));
    }

    /// <summary>
    /// The private addresses of everybody with at least that role, except suspended people. They stay sealed: one that cannot be opened must not keep
    /// the others from being told.
    /// </summary>
    public Task<IReadOnlyList<Subscriber>> OpenWithRoleAsync(Role least) => _access.AnswerAsync(AskOpenWithRole(least));

    /// <inheritdoc cref="OpenWithRoleAsync"/>
    public Question<IReadOnlyList<Subscriber>> AskOpenWithRole(Role least) => _access.Ask<OpenRow, IReadOnlyList<Subscriber>>(
        $"""
        {OpenOfPeople}
        where  p.role in ({string.Join(", ", Enum.GetValues<Role>().Where(role => role >= least).Select(role => $"'{Codes.Of(role)}'"))})
        and    not p.frozen and a.dark_why is null
        order  by a.created_at, a.id
        """,
        new { },
        rows => rows.Select(Read).ToList());

    /// <summary>The private addresses of these people, oldest first, except those of suspended people.</summary>
    public Task<IReadOnlyList<Subscriber>> OpenOfAsync(IReadOnlyCollection<PersonId> people) => _access.AnswerAsync(AskOpenOf(people));

    /// <inheritdoc cref="OpenOfAsync"/>
    public Question<IReadOnlyList<Subscriber>> AskOpenOf(IReadOnlyCollection<PersonId> people) => _access.Ask<OpenRow, IReadOnlyList<Subscriber>>(
        $"""
        {OpenOfPeople}
        where  p.id = any(@ids) and not p.frozen and a.dark_why is null
        order  by a.created_at, a.id
        """,
        new { ids = people.Select(person => person.Value).ToArray() },
        rows => rows.Select(Read).ToList());

    /// <summary>Finds the address, or adds it.</summary>
    public async Task<Address> EnsureAsync(ChannelAddress at, PersonId? person, bool isGroup, string language) =>
        await FindAsync(at) ?? await AddAsync(at, person, isGroup, language);

    /// <summary>Adds an address that was not found, or finds it after all.</summary>
    /// <param name="isWarm">Whether its owner is writing to us from it.</param>
    public async Task<Address> AddAsync(ChannelAddress at, PersonId? person, bool isGroup, string language, bool isWarm = false)
    {
        var id = AddressId.New();
        Instant? warmAt = isGroup || isWarm ? _access.Now : null;
        // Two updates of one chat may arrive on two nodes at once. The first one adds the address.
        var isNew = await _access.ValueAsync<bool>(
            """
            insert into address (id, channel, lookup, chat, value, person_id, is_group, language, warm_at, created_at)
            values (@Id, @Channel, @lookup, @chat, @value, @person, @isGroup, @language, @warmAt, @now)
            on conflict (lookup) do nothing
            returning true
            """,
            new
            {
                Id = id.Value,
                Channel = Codes.Of(at.Channel),
                lookup = LookupOf(at),
                chat = ChatOf(at),
                value = _access.Seal("address.value", id.Value, at.Value),
                person = person?.Value,
                isGroup,
                language,
                warmAt,
                now = _access.Now,
            });
        return isNew
            ? new Address(id, at, person, isGroup, language, null, null) { WarmAt = warmAt }
            : await FindAsync(at) ?? throw new InvalidOperationException("An address vanished while it was being added.");
    }

    /// <summary>Gives the account to that person.</summary>
    public Task GiveToAsync(AddressId id, PersonId person) =>
        _access.ExecuteAsync("update address set person_id = @Person where id = @Value", new { id.Value, Person = person.Value });

    public Task SetLanguageAsync(AddressId id, string language) =>
        _access.ExecuteAsync("update address set language = @language where id = @Value", new { id.Value, language });

    public Task SetTitleAsync(AddressId id, string? title) => _access.ExecuteAsync(
        "update address set title = @title where id = @Value", new { id.Value, title = _access.Seal("address.title", id.Value, title) });

    /// <summary>The title of a group; null for a private chat.</summary>
    public async Task<string?> TitleAsync(AddressId id) => _access.Open(
        "address.title", id.Value, await _access.ValueAsync<byte[]>("select title from address where id = @Value", new { id.Value }));

    /// <summary>The titles of these groups. One that does not open is left out.</summary>
    public async Task<IReadOnlyDictionary<AddressId, string>> TitlesAsync(IEnumerable<AddressId> ids) =>
        (await _access.QueryAsync<(Guid Id, byte[] Title)>(
            "select id, title from address where id = any(@ids) and title is not null", new { ids = ids.Select(id => id.Value).ToArray() }))
        .Select(row => (row.Id, _access.TryOpen("address.title", row.Id, row.Title).Text)).Where(row => row.Text is not null)
        .ToDictionary(row => new AddressId(row.Id), row => row.Text!);

    /// <summary>Records that its owner has written to us from it.</summary>
    /// <returns>False if they had written before.</returns>
    public async Task<bool> WarmAsync(AddressId id) => await _access.ExecuteAsync(
        "update address set warm_at = @now where id = @Value and warm_at is null", new { id.Value, now = _access.Now }) > 0;

    /// <summary>Records that its owner was asked to write to us.</summary>
    public Task SetAskedAsync(AddressId id) => _access.ExecuteAsync(
        "update address set asked_at = @now where id = @Value", new { id.Value, now = _access.Now });

    /// <returns>True if it was open before.</returns>
    public async Task<bool> DarkenAsync(AddressId id, Refusal why) => await _access.ExecuteAsync(
        "update address set dark_why = @why, dark_since = @now where id = @Value and dark_why is null",
        new { id.Value, why = Codes.Of(why), now = _access.Now }) > 0;

    /// <summary>
    /// Allows writing to the address again. After a change of key a colleague must check first, see <see cref="KeyChangeStore"/>.
    /// </summary>
    /// <returns>True if it was dark before.</returns>
    public async Task<bool> BrightenAsync(AddressId id) => await _access.ExecuteAsync(
        """
        update address set dark_why = null, dark_since = null
        where  id = @Value and dark_why is not null and (dark_why <> 'key_changed' or is_group)
        """,
        new { id.Value }) > 0;

    /// <summary>Records that its owner wants to be forgotten, see <see cref="EraseAsync"/>.</summary>
    /// <param name="from">The earliest time to erase it.</param>
    public Task ForgetAsync(AddressId id, Instant from) =>
        _access.ExecuteAsync("update address set forget_at = @from where id = @Value", new { id.Value, from });

    /// <summary>Addresses to erase: the owner asked for it, has the last answer, and has not written again.</summary>
    public async Task<IReadOnlyList<AddressId>> ToEraseAsync(int limit) => (await _access.QueryAsync<Guid>(
        """
        select a.id
        from   address a
        where  a.forget_at <= @now
        and    not exists (select from delivery d where d.address_id = a.id and d.state in ('queued', 'sending', 'retry', 'maybe'))
        and    not exists (select from report r where r.address_id = a.id)
        and    not exists (select from conversation c where c.address_id = a.id)
        and    not exists (select from check_in i where i.person_id = a.person_id)
        and    not exists (select from check_in_contact i where i.person_id = a.person_id)
        and    not exists (select from person p where p.id = a.person_id and p.role <> 'reporter')
        order  by a.forget_at
        limit  @limit
        for    update skip locked
        """,
        new { now = _access.Now, limit })).Select(id => new AddressId(id)).ToList();

    /// <summary>Erases every trace of this address.</summary>
    /// <returns>The person whose address it was.</returns>
    public async Task<PersonId?> EraseAsync(AddressId id)
    {
        await _access.ExecuteAsync("delete from delivery where address_id = @Value", new { id.Value });
        await _access.ExecuteAsync("delete from subscription where address_id = @Value", new { id.Value });
        await _access.ExecuteAsync("delete from wrong_code where address_id = @Value", new { id.Value });
        return await _access.ValueAsync<Guid?>("delete from address where id = @Value returning person_id", new { id.Value }) is { } person
            ? new PersonId(person)
            : null;
    }

    internal static byte[] LookupOf(Access access, ChannelAddress at) => access.Vault.Lookup(LookupDomain, $"{Codes.Of(at.Channel)} {at.Value}");

    private byte[] LookupOf(ChannelAddress at) => LookupOf(_access, at);

    private byte[] ChatOf(ChannelAddress at) => _access.Vault.Lookup("chat", $"{Codes.Of(at.Channel)} {ChatPart(at)}");

    // A topic of Telegram is chat id, slash, thread id. Signal's group ids are base64 and may contain slashes.
    private static string ChatPart(ChannelAddress at) =>
        at.Channel == ChannelKind.Telegram && at.Value.IndexOf('/') is > 0 and var slash ? at.Value[..slash] : at.Value;

    private static Subscriber Read(OpenRow row) => new(new AddressId(row.Id), Codes.Read<ChannelKind>(row.Channel), row.Language, row.IsGroup)
    {
        Role = Codes.Read<Role>(row.Role),
        Person = new PersonId(row.Person),
        IsDiscreet = row.Discreet,
        IsUnconfirmed = row.Unconfirmed,
        Prefers = row.Prefers is null ? null : Codes.Read<ChannelKind>(row.Prefers),
    };

    // A restore loses this value if the table that no backup holds is gone. The person's next message brings it back.
    private async Task<Address> GiveBackAsync(Address lost)
    {
        await _access.ExecuteAsync(
            "update address set value = @value, forget_at = null where id = @Value",
            new { lost.Id.Value, value = _access.Seal("address.value", lost.Id.Value, lost.At.Value) });
        return lost;
    }

    private List<Address> Read(IEnumerable<Row> rows) => rows.Select(row => Read(row)!).ToList();

    private Address? Read(Row? row) => row is null ? null : new Address(
        new AddressId(row.Id),
        new ChannelAddress(Codes.Read<ChannelKind>(row.Channel), _access.Open("address.value", row.Id, row.Value) ?? ""),
        row.PersonId is { } person ? new PersonId(person) : null,
        row.IsGroup, row.Language,
        row.DarkWhy is null ? null : Codes.Read<Refusal>(row.DarkWhy), row.DarkSince)
    {
        WarmAt = row.WarmAt,
        AskedAt = row.AskedAt,
    };

    private sealed record OpenRow(
        Guid Id, string Channel, string Language, bool IsGroup, string Role, Guid Person, bool Discreet, string? Prefers, bool Unconfirmed);

    private sealed record Row(
        Guid Id, string Channel, byte[]? Value, Guid? PersonId, bool IsGroup, string Language, string? DarkWhy, Instant? DarkSince,
        Instant? WarmAt, Instant? AskedAt);
}
