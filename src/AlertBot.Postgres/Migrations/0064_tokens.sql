-- Tokens with which programs act for the person who made them, and what they were answered.

create table api_token (
    id          uuid        primary key,
    person_id   uuid        not null references person on delete cascade,
    secret_hash bytea       not null unique,           -- keyed hash; the token itself is shown once and never stored
    name        bytea       not null,                  -- sealed; people name people
    scopes      text[]      not null,
    made_at     timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz,
    ended       text        check (ended in ('revoked', 'maker'))
);

create index api_token_person on api_token (person_id);

-- The same request under the same key gets the same answer, and nothing is done twice.
create table api_answer (
    id         uuid        primary key,
    token_id   uuid        not null references api_token on delete cascade,
    key_hash   bytea       not null,                   -- keyed hash of the key that the program chose
    asked_hash bytea       not null,                   -- keyed hash of the request
    status     int,                                    -- null only within the act that is still under way
    body       bytea,                                  -- sealed
    at         timestamptz not null,

    unique (token_id, key_hash)
);

create index api_answer_at on api_answer (at);

-- A program's report is one of the account of whoever made its token. What that person writes next in the chat does not belong to it.
alter table report add column token_id uuid;

-- Which program did it for the person.
alter table audit add column token_id uuid;

create or replace function keep_audit() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.place is null and new.place is not null
        and (new.id, new.at, new.act) = (old.id, old.at, old.act)
        and (new.person_id, new.token_id, new.subject, new.detail, new.sign)
            is not distinct from (old.person_id, old.token_id, old.subject, old.detail, old.sign) then
        return new;
    end if;
    raise exception 'the audit log is only ever added to';
end $$;

-- Whatever suspends a person or changes their role ends their tokens, and no act can forget to do so.
create function end_tokens_of_person() returns trigger language plpgsql as $$
begin
    update api_token set ended = 'maker' where person_id = new.id and ended is null;
    return null;
end $$;

create trigger person_loses_tokens after update of role, frozen on person
    for each row when ((new.frozen and not old.frozen) or new.role <> old.role)
    execute function end_tokens_of_person();
