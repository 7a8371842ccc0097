-- What people send us. Every update is stored before it is confirmed to the messenger, so that a crash at any moment loses none.

create table incoming_message (
    id          uuid        primary key,
    seq         bigint      generated always as identity,
    channel     text        not null,
    key         text        not null,                  -- the channel's own id of the update
    sender      bytea       not null,                  -- keyed hash: messages of one sender are handled in order
    body        bytea,                                 -- sealed; emptied once handled
    received_at timestamptz not null,
    state       text        not null default 'waiting' check (state in ('waiting', 'handled', 'failed')),
    fault_code  text,                                  -- what the sender and the log were told when it failed

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

-- A messenger without buttons: what each message offered to choose from, so that "2" in answer to it is understood.
create table offer (
    id         uuid        primary key,
    seq        bigint      generated always as identity,
    address_id uuid        not null references address on delete cascade,
    message    text        not null,                   -- the channel's reference; a change of a message has one of its own
    original   text        not null,                   -- of the message as it was first sent
    choices    bytea       not null,                   -- sealed
    offered_at timestamptz not null,
    taken_at   timestamptz,                            -- something of it was chosen

    unique (address_id, message)
);

create index offer_latest on offer (address_id, seq);
