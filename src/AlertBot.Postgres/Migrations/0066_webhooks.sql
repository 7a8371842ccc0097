-- Programs that are told when something happens: codes only.

create table webhook (
    id            uuid        primary key,
    url           bytea       not null,                -- sealed; its path may be a secret of whoever listens there
    secret        bytea       not null,                -- sealed; each call is signed with it
    kinds         text[]      not null,
    made_by       uuid        references person on delete set null,
    made_at       timestamptz not null,
    answered_at   timestamptz,                         -- the last call that was taken
    failing_since timestamptz,                         -- since when none was
    failed_why    text,                                -- a code
    is_off        boolean     not null default false
);

-- Each call is written in the act that it tells of, and stays until it was taken or a day has passed.
create table webhook_call (
    id         uuid        primary key default gen_random_uuid(),
    seq        bigint      generated always as identity,
    webhook_id uuid        not null references webhook on delete cascade,
    kind       text        not null check (kind in ('alert', 'incident', 'fact')),
    what       text        not null,                   -- code of the alert's kind, of what was done, of the event's kind
    severity   text,
    case_code  text,
    incident   text,
    at         timestamptz not null,
    attempts   int         not null default 0,
    next_at    timestamptz not null,                   -- when it is due; while it is being sent, when it counts as not sent
    ended      text        check (ended in ('taken', 'lost')),
    ended_at   timestamptz
);

create index webhook_call_due on webhook_call (next_at) where ended is null;
create index webhook_call_of on webhook_call (webhook_id, ended);

create function call_webhooks(a_kind text, a_what text, a_severity text, a_case uuid, an_incident uuid, a_time timestamptz)
returns void language plpgsql as $$
begin
    insert into webhook_call (webhook_id, kind, what, severity, case_code, incident, at, next_at)
    select w.id, a_kind, a_what, a_severity, (select c.code from case_file c where c.id = a_case),
           (select i.code from incident i where i.id = an_incident), a_time, a_time
    from   webhook w
    where  not w.is_off and a_kind = any(w.kinds);
    if found then
        perform pg_notify('alertbot_webhooks', '');
    end if;
end $$;

create function alert_calls_webhooks() returns trigger language plpgsql as $$
begin
    perform call_webhooks('alert', new.kind, new.severity, new.case_id, new.incident_id, new.raised_at);
    return null;
end $$;

-- What is about no case and no incident is for those who run the program alone.
create trigger alert_calls after insert on alert
    for each row when (new.case_id is not null or new.incident_id is not null) execute function alert_calls_webhooks();

create function incident_calls_webhooks() returns trigger language plpgsql as $$
begin
    perform call_webhooks('incident', new.act, null, (select i.case_id from incident i where i.id = new.incident_id), new.incident_id, new.at);
    return null;
end $$;

create trigger incident_calls after insert on incident_entry
    for each row when (new.act in (
        'reported', 'verified', 'attached', 'false_alarm', 'corrected', 'duplicate', 'merged', 'taken', 'handed_on', 'opened_again', 'closed',
        'reopened', 'detached', 'parted'))
    execute function incident_calls_webhooks();

create function fact_calls_webhooks() returns trigger language plpgsql as $$
begin
    perform call_webhooks('fact', new.kind, null, new.case_id, null, new.recorded_at);
    return null;
end $$;

create trigger fact_calls after insert on case_event for each row when (not new.is_proposed) execute function fact_calls_webhooks();
create trigger accepted_fact_calls after update of is_proposed on case_event
    for each row when (old.is_proposed and not new.is_proposed) execute function fact_calls_webhooks();
