-- A webhook that is being deleted is passed over: a report, an alert or a fact must not fail, nor wait, because of a program that is told of it.

create or replace function call_webhooks(a_kind text, a_what text, a_severity text, a_case uuid, an_incident uuid, a_time timestamptz)
returns void language plpgsql as $$
begin
    insert into webhook_call (webhook_id, kind, what, severity, case_code, incident, at, next_at)
    select w.id, a_kind, a_what, a_severity, (select c.code from case_file c where c.id = a_case),
           (select i.code from incident i where i.id = an_incident), a_time, a_time
    from   webhook w
    where  not w.is_off and a_kind = any(w.kinds)
    for    key share of w skip locked;
    if found then
        perform pg_notify('alertbot_webhooks', '');
    end if;
end $$;

-- Whatever suspends a person or changes their role switches off their webhooks, and no act can forget to do so. What waits for them is given up by
-- the sender, which looks at each webhook before it calls.
create function switch_off_webhooks_of_person() returns trigger language plpgsql as $$
begin
    update webhook set is_off = true, failed_why = 'maker' where made_by = new.id and not is_off;
    return null;
end $$;

create trigger person_loses_webhooks after update of role, frozen on person
    for each row when ((new.frozen and not old.frozen) or new.role <> old.role)
    execute function switch_off_webhooks_of_person();
