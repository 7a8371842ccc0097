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

-- People at risk who are asked whether all is well. Ending it deletes it.
create table check_in (
    id         uuid        primary key,
    case_id    uuid        not null references case_file,
    offered_by uuid        not null references person,
    code_hash  bytea       unique,                     -- keyed hash of the link; null once it is used
    expires_at timestamptz not null,                   -- of the link
    person_id  uuid        unique references person,   -- null until the link is used
    schedule   text,                                   -- '21:00', '6h'; null: not chosen yet
    grace      int         not null,                   -- minutes
    paused     boolean     not null default false,
    step       text        not null check (step in ('resting', 'asked', 'asked_again', 'contacts_told', 'alarmed')),
    excused    boolean     not null default false,     -- the question was repeated because the program itself was away
    asked_at   timestamptz,
    look_at    timestamptz,                            -- when to look next; null: nothing is planned
    incident   uuid        references incident         -- opened by this silence
);

create index check_in_look on check_in (look_at) where look_at is not null;

create table check_in_contact (
    id          uuid        primary key,
    check_in_id uuid        not null references check_in on delete cascade,
    code_hash   bytea       unique,
    expires_at  timestamptz not null,
    person_id   uuid        references person          -- null until the link is used
);

create index check_in_contact_of on check_in_contact (check_in_id);
