-- Somebody on the rota is away for some days: the next one stands in, and their turn comes again.
create table oncall_absence (
    id        uuid  primary key,
    person_id uuid  not null references person on delete cascade,
    span      bytea not null                                   -- sealed: from when until when
);

create index oncall_absence_person on oncall_absence (person_id);

create trigger desk_changed after insert or delete on oncall_absence for each statement execute function desk_changed();

-- Who was told last that their duty has begun: it may change by a day that comes, with nobody pressing anything.
alter table oncall_shift add column told uuid references person on delete set null;

-- As what somebody stands behind a case: its lawyer, or the one who speaks with the family.
alter table subscription add column part text check (part in ('lawyer', 'family'));
