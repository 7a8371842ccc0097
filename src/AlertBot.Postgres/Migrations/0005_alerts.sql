-- What people must be told, and each telling of it to one address.

create table alert (
    id        uuid        primary key,
    case_id   uuid        references case_file,
    kind      text        not null,
    severity  text        not null check (severity in ('info', 'notice', 'urgent', 'critical')),
    dedup_key text        not null unique,             -- the same cause is told once
    text_key  text        not null,
    facts     bytea       not null,                    -- sealed
    raised_at timestamptz not null
);

create index alert_case on alert (case_id, raised_at);
create index alert_raised on alert (raised_at);

create table delivery (
    id          uuid        primary key,
    seq         bigint      generated always as identity,
    alert_id    uuid        references alert,          -- null: an answer to somebody who is talking to us
    reason      text        not null,                  -- why it is sent, e.g. 'alert:<id>'
    address_id  uuid        not null references address,
    channel     text        not null,
    edits       uuid        references delivery,       -- changes the message of that delivery in place
    edits_ref   text,                                  -- the same, by the channel's own reference
    priority    smallint    not null,                  -- lower first: 0 now, 1 urgent, 2 reminder, 3 digest
    body        bytea,                                 -- sealed; emptied once it is over
    state       text        not null default 'queued' check (
        state in ('queued', 'sending', 'sent', 'retry', 'maybe', 'failed', 'superseded', 'expired')),
    not_before  timestamptz not null,
    expires_at  timestamptz not null,
    sender      uuid,                                  -- the process that holds it
    lease_until timestamptz,
    attempts    int         not null default 0,
    unclear     int         not null default 0,        -- how often the connection broke after the request was written
    parts_sent  int         not null default 0,        -- of a text too long for one message
    message_ref text,                                  -- the channel's reference to the last part
    outcome     text,                                  -- why it failed, by name
    created_at  timestamptz not null,
    finished_at timestamptz,

    unique (reason, address_id)                        -- nobody is told the same thing twice
);

create index delivery_due on delivery (channel, priority, seq) where state in ('queued', 'retry', 'maybe');
create index delivery_wait on delivery (channel, not_before) where state in ('queued', 'retry', 'maybe');
create index delivery_sending on delivery (channel) where state = 'sending';
create index delivery_alert on delivery (alert_id) where alert_id is not null;
create index delivery_open_address on delivery (address_id) where state in ('queued', 'retry', 'maybe', 'sending');
