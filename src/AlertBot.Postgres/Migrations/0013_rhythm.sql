-- Each person's own time: quiet hours, summaries, the address of their calendar.

create table rhythm (
    person_id    uuid        primary key references person,
    quiet        text,                                 -- 22:00-08:00, by the clock of the person's zone; null: never
    digest       text        check (digest in ('daily', 'weekly')),
    digest_since timestamptz,                          -- what happened from then on has not been in a summary yet
    digest_at    timestamptz                           -- when the next one is due
);

create index rhythm_digest on rhythm (digest_at) where digest is not null;

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

create table calendar_feed (
    person_id   uuid        primary key references person,
    secret_hash bytea       not null unique,           -- keyed hash; the secret itself is shown once and never stored
    created_at  timestamptz not null
);

-- Groups that get alerts and that somebody joined, so that one telling holds all who come at once.
create table group_growth (
    address_id uuid        primary key references address,
    alert_id   uuid        not null references alert,
    begun_at   timestamptz not null,
    members    text        not null                    -- keyed hashes with blanks between: a join that is told twice counts once
);
