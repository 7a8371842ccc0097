-- What a messenger demands of people: answers to challenges, keys to look at, and patience with strangers.

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

alter table report add column old_key boolean not null default false;   -- told with a key that its account has no more

alter table person add column frozen_at timestamptz;   -- suspended by hand; a changed key suspends too, by its row
alter table person add column frozen_by uuid references person;
update person set frozen_at = now() where frozen;

-- Messengers that count how many strangers we write to.
alter table address add column warm_at  timestamptz;   -- its owner has written to us on it
alter table address add column new_on   date;          -- the day (UTC) on which it was a stranger we wrote to
alter table address add column asked_at timestamptz;   -- asked to write to us, so that we know that alerts arrive

create index address_new on address (channel, new_on) where new_on is not null;

update address a
set    warm_at = a.created_at
where  a.is_group
or     not exists (select from audit u where u.act = 'people.import' and u.subject = a.id)
or     exists (select from delivery d where d.address_id = a.id and d.reason like 'answer:%');
