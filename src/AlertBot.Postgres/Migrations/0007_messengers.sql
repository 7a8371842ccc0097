-- What a messenger demands of people: answers to challenges, and keys to look at.

-- A messenger that wants to know that we are no machine. One row for each that waits for an answer.
create table channel_challenge (
    channel       text        primary key check (channel in ('telegram', 'signal')),
    id            uuid        not null,                -- what is sealed is bound to it
    challenge     bytea       not null,                -- sealed; as the messenger named it, the newest one
    came_at       timestamptz not null,                -- sending stands still since then
    hold_until    timestamptz not null,                -- when it may be tried without an answer
    told_at       timestamptz,                         -- when people were asked last
    answer        bytea,                               -- sealed; what a person found out, until the messenger has judged it
    answered_from uuid        references address on delete set null,   -- who hears what the messenger said of it
    try_at        timestamptz                          -- when the answer is handed over next
);

-- An account whose key is another one: a new phone, or somebody else in their place. Gone once the key is trusted.
create table key_change (
    address_id  uuid        primary key references address on delete cascade,
    id          uuid        not null unique,
    changed_at  timestamptz not null,
    dark_before text,                                  -- why the address was dark before; it is so again afterwards
    trusted_at  timestamptz,                           -- somebody made sure; null: nobody yet
    trusted_by  uuid        references person,         -- null: a reporter, on whose key nothing hangs but what they tell
    try_at      timestamptz                            -- when the messenger is told next; null: not yet, or never
);

create index key_change_try on key_change (try_at) where try_at is not null;
