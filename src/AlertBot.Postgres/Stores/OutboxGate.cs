namespace AlertBot.Postgres.Stores;

/// <summary>
/// The one question before every row of the outbox, and again when it is sent: may this address be told this? Whoever is suspended,
/// whose account has a key that nobody looked at, or who asked for peace is answered and told nothing. What is about a case needs a role,
/// and a group or advocate that left the case is past it. What was taken out of a chat is not brought back by a change.
/// </summary>
internal static class OutboxGate
{
    /// <summary>True or false, of a delivery <c>d</c> (or what is to become one) to its address <c>a</c>.</summary>
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
