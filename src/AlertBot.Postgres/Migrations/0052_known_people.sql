-- A messenger's demand that concerns only people who never wrote to us: everybody else is written to meanwhile.

alter table channel_challenge add column only_new_people boolean not null default false;

-- The account behind a number, as the messenger told it: keyed hashes of both. A list with numbers then finds the people whom we know by account.
create table number_account (
    lookup   bytea       primary key,                  -- of the number
    account  bytea       not null,                     -- of the address it stands for
    known_at timestamptz not null                      -- a number may be passed on to somebody else
);

create index number_account_account on number_account (account);
