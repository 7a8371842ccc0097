namespace AlertBot.Postgres.Stores;

/// <summary>
/// The condition for every row of the outbox, checked when it is added and again when it is sent: may this address be told this? A suspended person,
/// one with an unchecked key and one who sent /stop get answers and nothing else. Messages about a case need a role, and a subscription that still
/// exists. An edit does not bring back a message that was withdrawn from a chat.
/// </summary>
internal static class OutboxGate
{
    /// <summary>The condition in SQL, for a delivery <c>d</c> (stored or about to be) and its address <c>a</c>.</summary>
    public const string MayBeTold =
        """
        (case
            when d.telling = 'withdrawal' then true
            when exists (select from delivery w where w.id = d.edits and w.withdrawn_at is not null) then false
            when d.telling = 'answer' then true
            when a.dark_why = 'stopped' then false
            when a.dark_why = 'key_changed'
                 and not exists (select from key_change k where k.address_id = a.id and k.trusted_at is not null) then false
            when exists (select from person p where p.id = a.person_id and p.frozen) then false
            when exists (
                select from person p
                where  p.id = a.person_id and array_position(array['reporter', 'advocate', 'coordinator', 'owner'], p.role)
                     < array_position(array['reporter', 'advocate', 'coordinator', 'owner'], coalesce(
                           d.needs, (select e.needs from delivery e where e.id = d.edits),
                           (select 'advocate' from alert t
                            where  t.id = coalesce(d.alert_id, (select e.alert_id from delivery e where e.id = d.edits))
                            and    (t.case_id is not null or starts_with(t.kind, 'incident_')))))) then false
            when exists (
                select from alert t
                where  t.id = coalesce(d.alert_id, (select e.alert_id from delivery e where e.id = d.edits))
                and    t.kind <> 'incident_correction' and (a.is_group or d.edits is not null)
                and    exists (
                           select from audit u
                           where  u.subject = t.case_id and u.act in ('case.unlink', 'case.unsubscribe') and u.detail = replace(a.id::text, '-', ''))
                and    not exists (
                           select from subscription s join address o on o.id = s.address_id
                           where  s.case_id = t.case_id and (o.id = a.id or o.person_id = a.person_id))
                and    not exists (select from person p where p.id = a.person_id and p.role in ('coordinator', 'owner'))) then false
            else true
        end)
        """;
}
