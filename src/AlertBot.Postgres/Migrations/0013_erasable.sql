-- What must be possible to forget for good stands in tables that no backup holds. There is one copy of them, which is overwritten: so
-- whoever has an older backup and the keys finds nothing of what was deleted since. They have no foreign keys, because a restore puts
-- an older backup and the newer copy together.

create table report_key (
    report_id uuid  primary key,
    key       bytea not null                           -- sealed; deleting it forgets the report
);

insert into report_key (report_id, key) select id, key from report where key is not null;
alter table report drop column key;

-- Addresses of people who are nothing but reporters.
create table reporter_address (
    address_id uuid  primary key,
    value      bytea not null                          -- sealed
);

-- What reporters answered when they were asked.
create table reporter_answer (
    detail_row uuid  primary key,
    detail     bytea not null                          -- sealed
);

insert into reporter_answer (detail_row, detail)
select detail_row, detail from incident_entry where act = 'answer' and person_id is null and detail is not null;
update incident_entry set detail = null where act = 'answer' and person_id is null;

-- An address stands there as long as its owner is nothing but a reporter, whoever writes it.
alter table address alter column value drop not null;

create function is_reporters(of_group boolean, owner uuid) returns boolean language sql stable as
    $$ select not of_group and coalesce((select p.role from person p where p.id = owner), 'reporter') = 'reporter' $$;

create function place_address() returns trigger language plpgsql as $$
begin
    if new.value is null or not is_reporters(new.is_group, new.person_id) then
        return new;
    end if;
    if tg_op = 'INSERT' and exists (select from address where lookup = new.lookup) then
        return new;                                    -- it is there already, and this row will not be
    end if;
    insert into reporter_address (address_id, value) values (new.id, new.value)
    on conflict (address_id) do update set value = excluded.value;
    new.value := null;
    return new;
end $$;

create trigger address_is_placed before insert or update of value on address for each row execute function place_address();
update address set value = value;

-- Whoever gets a role is one whom a restore must be able to reach.
create function keep_address_of_role() returns trigger language plpgsql as $$
begin
    update address a set value = r.value from reporter_address r where r.address_id = a.id and a.person_id = new.id;
    delete from reporter_address where address_id in (select id from address where person_id = new.id);
    return null;
end $$;

create trigger person_with_role after insert or update of role on person
    for each row when (new.role <> 'reporter') execute function keep_address_of_role();

create function keep_address_of_owner() returns trigger language plpgsql as $$
begin
    if not is_reporters(new.is_group, new.person_id) then
        update address set value = r.value from reporter_address r where r.address_id = new.id and address.id = new.id;
        delete from reporter_address where address_id = new.id;
    end if;
    return null;
end $$;

create trigger address_of_role after update of person_id on address for each row execute function keep_address_of_owner();

-- Whoever deletes the one deletes the other.
create function forget_with_report() returns trigger language plpgsql as $$
begin
    delete from report_key where report_id = old.id;
    return null;
end $$;

create trigger report_key_goes after delete on report for each row execute function forget_with_report();

create function forget_with_address() returns trigger language plpgsql as $$
begin
    delete from reporter_address where address_id = old.id;
    return null;
end $$;

create trigger reporter_address_goes after delete on address for each row execute function forget_with_address();

-- What was deleted and is still on the disk: in dead rows, in the write-ahead log, in the copy. A row each, gone once it is dealt with.
create table forgetting (
    id bigint      generated always as identity primary key,
    at timestamptz not null default clock_timestamp()
);

create function want_forgetting() returns trigger language plpgsql as $$
begin
    insert into forgetting default values;
    return null;
end $$;

create trigger report_key_deleted after delete on report_key for each row execute function want_forgetting();
create trigger reporter_address_deleted after delete on reporter_address for each row execute function want_forgetting();
create trigger reporter_answer_deleted after delete on reporter_answer for each row execute function want_forgetting();

insert into forgetting default values;

-- What a messenger calls an update may be made of a number. Those of before go; what may still be delivered twice stays a while.
update incoming_message set key = 'old ' || id where state <> 'waiting' and received_at < now() - interval '2 days';
