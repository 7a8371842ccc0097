-- Who talks to us, and where messages to them go. Whatever names a person or a chat is sealed (bytea, see Vault).

create table person (
    id         uuid        primary key,
    role       text        not null check (role in ('reporter', 'advocate', 'coordinator', 'owner')),
    language   text        not null,
    zone       text        not null,
    frozen     boolean     not null default false,     -- the role is suspended: lost phone, changed key
    created_at timestamptz not null
);

create table address (
    id         uuid        primary key,
    channel    text        not null check (channel in ('telegram', 'signal')),
    lookup     bytea       not null unique,            -- keyed hash of the value
    chat       bytea       not null,                   -- keyed hash of the chat alone: topics of one forum share its pace
    value      bytea       not null,                   -- sealed
    person_id  uuid        references person,          -- null for a group
    is_group   boolean     not null,
    language   text        not null,
    title      bytea,                                  -- sealed; what a group calls itself
    dark_why   text,                                   -- why nothing can be sent there; null: open
    dark_since timestamptz,
    created_at timestamptz not null
);

create index address_person on address (person_id) where person_id is not null;
create index address_chat on address (chat);

create table invite (
    id         uuid        primary key,
    code_hash  bytea       not null unique,            -- keyed hash; the code itself is shown once and never stored
    role       text        not null check (role in ('reporter', 'advocate', 'coordinator', 'owner')),
    created_by uuid        references person,          -- null: from the command line
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_by    uuid        references person,
    used_at    timestamptz
);

-- Every act on a case or a role. Nothing is ever changed or removed here.
create table audit (
    id        bigint      generated always as identity primary key,
    at        timestamptz not null,
    person_id uuid,                                    -- null: the program itself, or its command line
    act       text        not null,
    subject   uuid,                                    -- of the case, person, address or alert acted on
    detail    text                                     -- codes and ids only
);

create index audit_subject on audit (subject, id);
