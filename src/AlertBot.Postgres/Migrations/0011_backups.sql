-- Backups that were made here, and restores: what is told again after one says that it may be a repeat.

create table backup (
    id          uuid        primary key,
    file        text,                                  -- its name; null: none was made
    made_at     timestamptz not null,
    bytes       bigint,
    rows        bigint,
    took_ms     bigint,
    verified_at timestamptz,                           -- restored into a scratch cluster and compared
    failure     text                                   -- why there is none, or why it could not be verified; for owners
);

create index backup_made on backup (made_at);

create table restored (
    id          uuid        primary key,
    backup_at   timestamptz not null,                  -- of the backup
    restored_at timestamptz not null,
    known_until timestamptz                            -- the last thing that the journal of what was sent says; null: there was none
);

-- What was sent after that backup was made, as the journal tells: keyed hashes of the alert's cause and the address.
create table sent_before (
    print bytea primary key
);
