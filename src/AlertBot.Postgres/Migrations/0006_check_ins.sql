-- People at risk who want to be asked whether all is well, and whom they named for the case that they do not answer.

create table check_in (
    id          uuid        primary key,
    person_id   uuid        not null unique references person,
    called      bytea,                                 -- sealed; the name that contacts and coordinators read
    schedule    text        not null,                  -- 6h, 21:00, mon,thu 21:00; by the clock of the person's zone
    grace       int         not null,                  -- minutes that each step waits
    paused      boolean     not null default false,
    step        text        not null check (step in ('resting', 'asked', 'asked_again', 'contacts_told', 'alarmed')),
    round       int         not null default 0,        -- grows with each first question: messages are told apart by it
    excused     boolean     not null default false,    -- the question was repeated because we were away
    asked_at    timestamptz,
    look_at     timestamptz,                           -- when the job must look next; null: it waits for the person alone
    incident_id uuid        references incident,       -- what this silence opened
    begun_at    timestamptz not null
);

create index check_in_look on check_in (look_at) where look_at is not null;

create table check_in_contact (
    id          uuid        primary key,
    check_in_id uuid        not null references check_in on delete cascade,
    code_hash   bytea       unique,                    -- keyed hash of the link; null once it is used
    expires_at  timestamptz not null,                  -- of the link
    person_id   uuid        references person,         -- null: nobody has agreed yet
    agreed_at   timestamptz,
    created_at  timestamptz not null,

    unique (check_in_id, person_id)
);

create index check_in_contact_person on check_in_contact (person_id) where person_id is not null;
