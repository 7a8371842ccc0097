-- Every fact can be put right, and what was put right can be taken back: the row of the event says what is true now,
-- a change says what it was before. Kinds and dates only; the words of an event are not touched.

alter table case_event add column is_withdrawn boolean not null default false;

create table event_change (
    id         uuid        primary key,
    batch      uuid        not null,                   -- what was changed by one press, and is taken back by one
    event_id   uuid        not null references case_event,
    before     jsonb       not null,
    after      jsonb       not null,
    changed_by uuid        references person,
    changed_at timestamptz not null,
    undone_by  uuid        references person,
    undone_at  timestamptz
);

create index event_change_batch on event_change (batch);
