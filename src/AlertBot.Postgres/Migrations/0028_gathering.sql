-- A further report of an incident that may tell of something else: people are asked, and without an answer it is something new.

create table same_question (
    report_id   uuid        primary key references report on delete cascade,
    incident_id uuid        not null references incident,
    due_at      timestamptz not null,
    is_same     boolean,                               -- null: nobody answered yet
    answered_by uuid        references person          -- null: nobody in time
);

create index same_question_due on same_question (due_at) where is_same is null;

-- Incidents of nobody registered that were not told by a card of their own; null: told, or in a digest.
alter table incident add column held_at timestamptz;

create index incident_held on incident (held_at) where held_at is not null;
