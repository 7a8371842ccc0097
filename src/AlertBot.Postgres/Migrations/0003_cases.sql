-- Cases: one person at risk each, with what happened so far. Names, places, sources and notes are sealed;
-- kinds of events and dates are not, since the monitors go by them.

create table case_file (
    id            uuid        primary key,
    code          text        not null unique,         -- K-7F3Q: says nothing of the person
    zone          text        not null,
    jurisdictions text[]      not null,
    status        text        not null check (status in ('open', 'watch', 'closed')),
    created_by    uuid        references person,
    created_at    timestamptz not null
);

create table case_name (
    id         uuid        primary key,
    case_id    uuid        not null references case_file,
    name       bytea       not null,                   -- sealed; every spelling is kept
    created_at timestamptz not null
);

create index case_name_case on case_name (case_id);

create table case_event (
    id             uuid        primary key,
    seq            bigint      generated always as identity,
    case_id        uuid        not null references case_file,
    kind           text        not null,

    -- When it happened, as told: wall time, zone, precision; and the first and last moment it can have been.
    at_day         date,
    at_time        time,
    at_zone        text,
    at_precision   text,
    at_until       date,
    first_moment   timestamptz,
    last_moment    timestamptz,

    served         date,
    known          date,

    -- The date it fixes: of a hearing, of a hand-over, the last day printed on a paper.
    sets_day       date,
    sets_time      time,
    sets_zone      text,
    sets_precision text,
    sets_until     date,

    jurisdiction   text,
    starts_clocks  boolean     not null,
    same_fact_as   uuid        references case_event,
    preferred      boolean     not null,
    preferred_by   uuid        references person,
    recorded_by    uuid        references person,
    recorded_at    timestamptz not null,
    confirmed_by   uuid        references person,
    confirmed_at   timestamptz,
    detail         bytea                               -- sealed: place, source, authority, note
);

create index case_event_case on case_event (case_id, seq);

create table deadline (
    id            uuid        primary key,
    case_id       uuid        not null references case_file,
    key           text        not null,                -- rule, triggering event, limit: the same over recomputations
    rule_id       text        not null,
    trigger_event uuid        not null references case_event,
    kind          text        not null,
    tier          text        not null,
    state         text        not null,
    confirmed     boolean     not null,
    zone          text        not null,
    earliest      timestamptz not null,
    earliest_day  date,                                -- last lawful day of a limit in days; null for limits in hours
    latest        timestamptz not null,
    latest_day    date,
    starts_at     timestamptz,
    known_since   timestamptz not null,                -- when it was put on file: what was planned before is not late
    last_reminder text,                                -- name of the rung sent last
    look_at       timestamptz,                         -- when a monitor must look next; null: never again

    unique (case_id, key)
);

-- What a tick costs grows with what is due, not with what is stored.
create index deadline_look on deadline (look_at) where look_at is not null;

create table subscription (
    case_id    uuid        not null references case_file,
    address_id uuid        not null references address,
    created_by uuid        references person,
    created_at timestamptz not null,

    primary key (case_id, address_id)
);

create index subscription_address on subscription (address_id);

-- The private address of a person's calendar.
create table calendar_feed (
    person_id   uuid        primary key references person,
    secret_hash bytea       not null unique,           -- keyed hash; the secret itself is shown once and never stored
    created_at  timestamptz not null
);

-- With which law the deadlines of all cases were last computed. When the files change, every case is looked at anew.
create table law_version (
    is_only     boolean     primary key default true check (is_only),
    fingerprint text        not null,
    applied_at  timestamptz not null
);
