-- Every message passes through these two tables, so that a crash at any moment loses none.

create table incoming_message (
    id          uuid        primary key,
    seq         bigint      generated always as identity,
    channel     text        not null,
    key         text        not null,                  -- the channel's own id of the update
    sender      bytea       not null,                  -- keyed hash: messages of one sender are handled in order
    body        bytea,                                 -- sealed; emptied once handled
    received_at timestamptz not null,
    state       text        not null default 'waiting' check (state in ('waiting', 'handled', 'failed')),
    incident    text,                                  -- what the sender and the log were told when it failed

    unique (channel, key)                              -- the same update delivered twice is stored once
);

create index incoming_message_waiting on incoming_message (sender, seq) where state = 'waiting';
create index incoming_message_next on incoming_message (seq) where state = 'waiting';

-- A conversation that is not finished, one at a time for each person and chat.
create table conversation (
    address_id uuid        primary key references address,
    kind       text        not null,
    version    int         not null,                   -- of the state's shape; an older one starts anew
    state      bytea       not null,                   -- sealed
    changed_at timestamptz not null
);
