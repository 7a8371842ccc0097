-- One person on several messengers: which they like best, how accounts are joined, and what went to another account since the
-- first could not be reached.

alter table person add column prefers text check (prefers in ('telegram', 'signal'));   -- null: the account they had first

alter table delivery add column fallback_of uuid references delivery;   -- the same message, to another account of the same person
alter table delivery add column fallback_at timestamptz;                -- when it was sent to another account as well

create index delivery_unreached on delivery (created_at)
    where alert_id is not null and edits is null and edits_ref is null and fallback_at is null and fallback_of is null
    and priority <= 1 and state in ('queued', 'sending', 'retry', 'maybe');

-- Somebody wants to join an account on another messenger to theirs.
create table account_link (
    id         uuid        primary key,
    person_id  uuid        not null references person on delete cascade,
    asked_by   uuid        not null references address on delete cascade,   -- where the code was given out, and where it is confirmed
    code_hash  bytea       not null unique,            -- keyed hash; the code itself is shown once and never stored
    expires_at timestamptz not null,
    wanted     uuid        references address on delete cascade             -- the account that named the code
);
