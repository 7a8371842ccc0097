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

-- Messengers that tell what became of a message.
alter table delivery add column arrived_at timestamptz;
alter table delivery add column read_at    timestamptz;
