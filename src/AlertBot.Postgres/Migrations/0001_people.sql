-- Who talks to us, and where messages to them go. Whatever names a person or a chat is sealed (bytea, see Vault).

create table person (
    id         uuid        primary key,
    role       text        not null check (role in ('reporter', 'advocate', 'coordinator', 'owner')),
    language   text        not null,
    zone       text        not null,
    frozen     boolean     not null default false,     -- the role is suspended: lost phone, changed key
    frozen_at  timestamptz,                            -- suspended by hand; a changed key suspends too, by its row
    frozen_by  uuid        references person,
    discreet   boolean     not null default false,     -- alerts come as a neutral line
    prefers    text        check (prefers in ('telegram', 'signal')),   -- null: the account they had first
    created_at timestamptz not null
);

create table address (
    id         uuid        primary key,
    channel    text        not null check (channel in ('telegram', 'signal')),
    lookup     bytea       not null unique,            -- keyed hash of the value
    chat       bytea       not null,                   -- keyed hash of the chat alone: topics of one forum share its pace
    value      bytea       not null,                   -- sealed
    person_id  uuid        references person,          -- null for a group
    is_group   boolean     not null,
    language   text        not null,
    title      bytea,                                  -- sealed; what a group calls itself
    dark_why   text,                                   -- why nothing can be sent there; null: open
    dark_since timestamptz,
    warm_at    timestamptz,                            -- its owner has written to us on it
    new_on     date,                                   -- the day (UTC) on which it was a stranger we wrote to
    asked_at   timestamptz,                            -- asked to write to us, so that we know that alerts arrive
    forget_at  timestamptz,                            -- its owner deletes all: gone as soon as the answer is delivered
    created_at timestamptz not null
);

create index address_person on address (person_id) where person_id is not null;
create index address_chat on address (chat);
create index address_new on address (channel, new_on) where new_on is not null;
create index address_forget on address (forget_at) where forget_at is not null;

create table invite (
    id         uuid        primary key,
    code_hash  bytea       not null unique,            -- keyed hash; the code itself is shown once and never stored
    role       text        not null check (role in ('reporter', 'advocate', 'coordinator', 'owner')),
    created_by uuid        references person,          -- null: from the command line
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_by    uuid        references person,
    used_at    timestamptz
);

-- Somebody wants to join an account on another messenger to theirs.
create table account_joining (
    id         uuid        primary key,
    person_id  uuid        not null references person on delete cascade,
    asked_by   uuid        not null references address on delete cascade,   -- where the code was given out, and where it is confirmed
    code_hash  bytea       not null unique,            -- keyed hash; the code itself is shown once and never stored
    expires_at timestamptz not null,
    wanted     uuid        references address on delete cascade             -- the account that named the code
);

-- Each person's own time: quiet hours and summaries.
create table rhythm (
    person_id    uuid        primary key references person,
    quiet        text,                                 -- 22:00-08:00, by the clock of the person's zone; null: never
    digest       text        check (digest in ('daily', 'weekly')),
    digest_since timestamptz,                          -- what happened from then on has not been in a summary yet
    digest_at    timestamptz                           -- when the next one is due
);

create index rhythm_digest on rhythm (digest_at) where digest is not null;

-- Who is told first when nobody takes an incident.
create table oncall (
    person_id uuid        primary key references person,
    position  int         not null,                    -- the first one is on duty
    joined_at timestamptz not null
);

create table oncall_shift (
    one   boolean     primary key default true check (one),   -- there is one shift at a time
    since timestamptz not null
);

-- Codes that were tried and are none: whoever guesses is stopped. Says nothing of what was tried; older than an hour is forgotten.
create table wrong_code (
    id         uuid        primary key,
    address_id uuid        not null references address,
    kind       text        not null,                   -- invite, case
    at         timestamptz not null
);

create index wrong_code_address on wrong_code (address_id, kind, at);

-- Every act on a case or a role. Nothing is ever changed or removed here.
create table audit (
    id        bigint      generated always as identity primary key,
    at        timestamptz not null,
    person_id uuid,                                    -- null: the program itself, or its command line
    act       text        not null,
    subject   uuid,                                    -- of the case, person, address or alert acted on
    detail    text                                     -- codes and ids only
);

create index audit_subject on audit (subject, id);
