-- Sign-in to the desk. Secrets are kept as keyed hashes; what a browser is, sealed.

create table sign_in_link (
    id           uuid        primary key,
    person_id    uuid        not null references person on delete cascade,
    address_id   uuid        not null references address on delete cascade,   -- where it was asked for, and is confirmed
    token_hash   bytea       not null unique,          -- keyed hash of what stands in the link
    state        text        not null check (state in ('given', 'opened', 'confirmed', 'used', 'ended')),
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    browser_hash bytea       unique,                   -- keyed hash of what the browser that opened it holds
    browser      bytea,                                -- sealed
    number       int,                                  -- what that browser shows
    check (state in ('given', 'ended') or (browser_hash is not null and browser is not null and number is not null))
);

create index sign_in_link_person on sign_in_link (person_id, created_at);

create table console_session (
    id          uuid        primary key,
    person_id   uuid        not null references person on delete cascade,
    secret_hash bytea       not null unique,           -- keyed hash of what the cookie holds
    browser     bytea       not null,                  -- sealed
    began_at    timestamptz not null,
    expires_at  timestamptz not null
);

create index console_session_person on console_session (person_id);

-- What forms of the desk are signed with, shared by all nodes.
create table form_key (
    id         uuid        primary key,
    element    bytea       not null,                   -- sealed
    created_at timestamptz not null
);

-- Whatever suspends a person or changes their role ends what they have open, and no act can forget to do so.
create function end_console_of_person() returns trigger language plpgsql as $$
begin
    delete from console_session where person_id = new.id;
    delete from sign_in_link where person_id = new.id;
    return null;
end $$;

create trigger person_leaves_console after update of role, frozen on person
    for each row when ((new.frozen and not old.frozen) or new.role <> old.role)
    execute function end_console_of_person();
