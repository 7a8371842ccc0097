-- A damaged disk or a wrong key damages many rows at once: whoever runs the machine is told of all of them in one message.

create table damaged_row (
    lookup   bytea       primary key,       -- keyed hash of its table and id: whose row it is stands nowhere
    kind     text        not null,          -- its table
    name     text        not null,          -- as the log names it; no id of a person
    found_at timestamptz not null,
    told_at  timestamptz                    -- null: nobody was told yet
);

create index damaged_row_untold on damaged_row (found_at) where told_at is null;
