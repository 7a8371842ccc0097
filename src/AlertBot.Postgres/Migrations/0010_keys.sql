-- Whether the keys at hand belong to this database, which nodes hold which keys, and which parts of them people keep.

-- One row that every right key file opens. A wrong one is refused before anything is read with it.
create table vault_canary (
    is_only boolean     primary key default true check (is_only),
    id      uuid        not null unique,               -- what is sealed is bound to it
    sealed  bytea       not null,                      -- sealed
    lookup  bytea       not null,                      -- keyed hash
    made_at timestamptz not null
);

-- Nodes that run now, and the keys that they have: none may seal with a key that another cannot open.
create table key_holder (
    node    uuid        primary key,
    seals   bigint      not null,                      -- id of the key it seals with
    opens   bigint[]    not null,                      -- ids of all that it opens with
    seen_at timestamptz not null
);

-- Parts of the keys that were printed. Which one somebody holds can be told from the part alone, and never the part from this.
create table key_part (
    print   bytea       primary key,                   -- keyed hash of the part
    split   text        not null,                      -- parts of one making have the same
    number  smallint    not null,
    keys    bigint[]    not null,                      -- ids of the sealing keys in it
    backup  bigint,                                    -- id of the backup key in it
    made_at timestamptz not null
);
