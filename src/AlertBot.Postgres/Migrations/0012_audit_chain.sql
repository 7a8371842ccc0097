-- The audit log as a chain: each entry is signed with a key that is not in the database when it is made, and linked to the one before
-- it soon after. What is changed, removed or put in between is found, also by somebody who has the database and not the keys.

alter table audit
    add column entry uuid unique,                      -- what is signed is bound to it
    add column sign  bytea,                            -- keyed hash of the entry; null: made before there was a chain
    add column place bigint unique,                    -- in the chain; null: not linked yet
    add column link  bytea;                            -- keyed hash of the link before and this entry

create index audit_unlinked on audit (id) where place is null;
create index audit_person_read on audit (person_id, at) where act like '%.read';

create table audit_start (
    is_only     boolean primary key default true check (is_only),
    unsigned_to bigint  not null                       -- entries up to this one were made before there was a chain
);

insert into audit_start (unsigned_to) select coalesce(max(id), 0) from audit;

-- Nothing is ever changed or removed here. Only its place in the chain is put to an entry, once.
create function keep_audit() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.place is null and new.place is not null
        and (new.id, new.at, new.act) = (old.id, old.at, old.act)
        and (new.person_id, new.subject, new.detail, new.sign) is not distinct from (old.person_id, old.subject, old.detail, old.sign) then
        return new;
    end if;
    raise exception 'the audit log is only ever added to';
end $$;

create trigger audit_is_kept before update or delete on audit for each row execute function keep_audit();
create trigger audit_is_not_emptied before truncate on audit for each statement execute function keep_audit();
