-- Files that people look at, names by which colleagues know each other, and whoever is not to ring any more.

alter table report_file add column size bigint;        -- in bytes, as announced, then as kept

alter table person add column called bytea;            -- sealed; what co-workers call them, chosen at the invitation
alter table invite add column called bytea;            -- sealed; what whoever comes in by it is to be called

create table muted (
    number   int         generated always as identity primary key,
    sender   bytea       not null unique,              -- keyed hash of the account; what it sends is kept and counted, and rings nowhere
    muted_by uuid        references person,
    muted_at timestamptz not null
);
