-- Drills: the way of an alert, tried with people who are told that it is one.

create table drill (
    alert_id   uuid        primary key references alert on delete cascade,
    person_id  uuid        not null references person on delete cascade,   -- who began it, and reads how it went
    started_at timestamptz not null,
    due_at     timestamptz not null,
    ended_at   timestamptz
);

create index drill_due on drill (due_at) where ended_at is null;

create table drill_answer (
    alert_id  uuid        not null references drill on delete cascade,
    person_id uuid        not null references person on delete cascade,
    at        timestamptz not null,
    primary key (alert_id, person_id)
);
