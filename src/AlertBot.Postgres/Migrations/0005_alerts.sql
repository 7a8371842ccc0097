-- What people must be told, and each telling of it to one address.

create table alert (
    id          uuid        primary key,
    case_id     uuid        references case_file,
    kind        text        not null,
    severity    text        not null check (severity in ('info', 'notice', 'urgent', 'critical')),
    dedup_key   text        not null unique,             -- the same cause is told once
    text_key    text        not null,
    facts       bytea       not null,                    -- sealed
    raised_at   timestamptz not null,
    incident_id uuid        references incident
);

create index alert_case on alert (case_id, raised_at);
create index alert_raised on alert (raised_at);
create index alert_incident on alert (incident_id) where incident_id is not null;

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
    arrived_at  timestamptz,                           -- where the messenger tells what became of a message
    read_at     timestamptz,
    fallback_of uuid        references delivery on delete set null,   -- the same message, to another account of the same person
    fallback_at timestamptz,                           -- when it was sent to another account as well

    unique (reason, address_id)                        -- nobody is told the same thing twice
);

create index delivery_due on delivery (channel, priority, seq) where state in ('queued', 'retry', 'maybe');
create index delivery_wait on delivery (channel, not_before) where state in ('queued', 'retry', 'maybe');
create index delivery_sending on delivery (channel) where state = 'sending';
create index delivery_alert on delivery (alert_id) where alert_id is not null;
create index delivery_open_address on delivery (address_id) where state in ('queued', 'retry', 'maybe', 'sending');
create index delivery_unreached on delivery (created_at)
    where alert_id is not null and edits is null and edits_ref is null and fallback_at is null and fallback_of is null
    and priority <= 1 and state in ('queued', 'sending', 'retry', 'maybe');

-- Found for every message that arrives: what a read receipt tells of, and the same message on another account of the person.
create index delivery_message on delivery (address_id, message_ref) where message_ref is not null;
create index delivery_fallback on delivery (fallback_of) where fallback_of is not null;

-- Alerts that a discreet person has opened.
create table shown_card (
    delivery_id uuid        primary key references delivery on delete cascade,
    shown_at    timestamptz not null
);

-- Messages of no hurry that wait for the next summary.
create table digest_item (
    id        uuid        primary key,
    seq       bigint      generated always as identity,
    person_id uuid        not null references person,
    alert_id  uuid        not null references alert,
    body      bytea       not null,                    -- sealed; the text as this person reads it
    added_at  timestamptz not null,

    unique (person_id, alert_id)                       -- two addresses of one person make one item
);

-- Groups that get alerts and that somebody joined, so that one telling holds all who come at once.
create table group_growth (
    address_id uuid        primary key references address,
    alert_id   uuid        not null references alert,
    begun_at   timestamptz not null,
    members    text        not null                    -- keyed hashes with blanks between: a join that is told twice counts once
);
