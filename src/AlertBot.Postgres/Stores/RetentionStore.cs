using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>What lies here longer than it must, and of whose end people have heard.</summary>
public sealed partial class RetentionStore
{
    // Each with the moment since which nothing new came to it.
    private const string SetAside = "select m.id, m.received_at as since from incoming_message m where m.state = 'failed' and m.body is not null";

    private const string Files =
        """
        select i.id, greatest(
                   i.closed_at, (select max(e.at) from incident_entry e where e.incident_id = i.id),
                   (select max(r.changed_at) from report r where r.incident_id = i.id)) as since
        from   incident i
        where  i.handling = 'closed'
        and    exists (select from report r join report_file f on f.report_id = r.id where r.incident_id = i.id)
        """;

    private const string Cases =
        """
        select c.id, greatest(
                   c.created_at, (select max(n.created_at) from case_name n where n.case_id = c.id),
                   (select max(e.recorded_at) from case_event e where e.case_id = c.id),
                   (select max(x.changed_at) from event_change x join case_event e on e.id = x.event_id where e.case_id = c.id),
                   (select max(greatest(i.opened_at, i.closed_at)) from incident i where i.case_id = c.id)) as since
        from   case_file c
        where  c.status = 'closed' and c.joined_to is null
        and    not exists (select from incident i where i.case_id = c.id and i.handling <> 'closed')
        """;

    private readonly Access _access;

    internal RetentionStore(Access access) => _access = access;

    /// <summary>What people have not heard of yet and nothing new has come to since then.</summary>
    public async Task<IReadOnlyList<Guid>> UntoldAsync(KeptKind kind, Instant before) => (await _access.QueryAsync<Guid>(
        $"""
        select o.id from ({Of(kind)}) o
        where  o.since <= @before and not exists (select from retention_notice n where n.kind = @kind and n.subject = o.id)
        order  by o.since, o.id
        """,
        new { before, kind = Codes.Of(kind) })).ToList();

    public Task TellAsync(KeptKind kind, IReadOnlyCollection<Guid> subjects) => _access.ExecuteAsync(
        "insert into retention_notice (kind, subject, told_at) select @kind, unnest(@subjects), @now",
        new { kind = Codes.Of(kind), subjects = subjects.ToArray(), now = _access.Now });

    /// <summary>Something new came to them after all, or they are gone: they are told again before they are deleted.</summary>
    public Task ForgetNoticesAsync(KeptKind kind, Instant before) => _access.ExecuteAsync(
        $"""
        delete from retention_notice n
        where  n.kind = @kind and not exists (select from ({Of(kind)}) o where o.id = n.subject and o.since <= @before)
        """,
        new { before, kind = Codes.Of(kind) });

    /// <summary>What is old enough and was told of long enough ago.</summary>
    public async Task<IReadOnlyList<Guid>> DueAsync(KeptKind kind, Instant before, Instant toldBefore) => (await _access.QueryAsync<Guid>(
        $"""
        select o.id from ({Of(kind)}) o join retention_notice n on n.kind = @kind and n.subject = o.id
        where  o.since <= @before and n.told_at <= @toldBefore
        order  by o.since, o.id
        """,
        new { before, toldBefore, kind = Codes.Of(kind) })).ToList();

    public Task DeleteSetAsideAsync(IReadOnlyCollection<Guid> messages) => _access.ExecuteAsync(
        "delete from incoming_message where id = any(@messages) and state = 'failed'", new { messages = messages.ToArray() });

    /// <summary>What was handled so long ago that no messenger delivers it again. Its words are gone already.</summary>
    public Task DeleteHandledAsync(Instant before) => _access.ExecuteAsync(
        "delete from incoming_message where state = 'handled' and received_at < @before", new { before });

    /// <returns>How many files there were.</returns>
    public Task<int> DeleteFilesAsync(IReadOnlyCollection<Guid> incidents) => _access.ExecuteAsync(
        "delete from report_file f using report r where r.id = f.report_id and r.incident_id = any(@incidents)",
        new { incidents = incidents.ToArray() });

    /// <summary>Accounts that are nobody's and were nobody's then: no role, no report, no check-in, nothing begun, nothing to send.</summary>
    public async Task<IReadOnlyList<AddressId>> StrangersAsync(Instant before, int limit) => (await _access.QueryAsync<Guid>(
        """
        select a.id from address a
        where  not a.is_group and a.created_at < @before and a.forget_at is null
        and    not exists (select from person p where p.id = a.person_id and p.role <> 'reporter')
        and    not exists (select from report r where r.address_id = a.id)
        and    not exists (select from conversation c where c.address_id = a.id and c.changed_at >= @before)
        and    not exists (select from check_in i where i.person_id = a.person_id)
        and    not exists (select from check_in_contact i where i.person_id = a.person_id)
        and    not exists (select from subscription s where s.address_id = a.id)
        and    not exists (select from delivery d where d.address_id = a.id and d.created_at >= @before)
        and    not exists (select from account_joining j where j.person_id = a.person_id or j.wanted = a.id)
        order  by a.created_at
        limit  @limit
        """,
        new { before, limit })).Select(id => new AddressId(id)).ToList();

    /// <summary>Whether somebody wrote on that address since then.</summary>
    public Task<bool> HasWrittenAsync(ChannelAddress at, Instant since) => _access.ValueAsync<bool>(
        "select exists (select from incoming_message where sender = @sender and received_at >= @since)",
        new { sender = _access.Vault.Lookup("sender", at.Value), since });

    private static string Of(KeptKind kind) => kind switch
    {
        KeptKind.SetAside => SetAside,
        KeptKind.Files => Files,
        _ => Cases,
    };
}

/// <summary>What is deleted after people have heard of it.</summary>
public enum KeptKind
{
    SetAside,
    Files,
    Case,
}
