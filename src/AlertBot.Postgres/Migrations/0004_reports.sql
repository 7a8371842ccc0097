-- What witnesses report, and what is done about it. Everything told is sealed; each report with a key of its own, so that
-- deleting one row makes it unreadable wherever a copy of it lies.

create table incident (
    id           uuid        primary key,
    seq          bigint      generated always as identity,
    code         text        not null unique,          -- A-7F3Q: says nothing of the person
    case_id      uuid        references case_file,     -- null: nobody registered, or not recognised yet
    kind         text        not null,
    standing     text        not null check (standing in ('unverified', 'verified', 'retracted')),
    handling     text        not null check (handling in ('open', 'taken', 'closed')),
    step         int         not null default 0,       -- of the escalation, counted since nobody has it
    taken_by     uuid        references person,
    taken_at     timestamptz,
    asked_at     timestamptz,                          -- since when "still on it?" waits for an answer
    verified_by  uuid        references person,
    outcome      text,
    duplicate_of uuid        references incident,
    told_fully   boolean     not null default false,   -- the full alert is out
    opened_at    timestamptz not null,
    closed_at    timestamptz,
    look_at      timestamptz,                          -- when the escalation must look next; null: never again
    version      int         not null default 0        -- grows with every change: cards are told apart by it
);

create index incident_look on incident (look_at) where look_at is not null;
create index incident_case on incident (case_id, opened_at);
create index incident_open on incident (opened_at) where handling <> 'closed';

-- What was done, by whom: people read it, so words are sealed.
create table incident_entry (
    id          bigint      generated always as identity primary key,
    incident_id uuid        not null references incident,
    at          timestamptz not null,
    person_id   uuid        references person,         -- null: the program itself
    act         text        not null,
    detail_row  uuid        not null,                  -- what the detail is bound to
    detail      bytea                                  -- sealed
);

create index incident_entry_of on incident_entry (incident_id, id);

create table report (
    id            uuid        primary key,
    seq           bigint      generated always as identity,
    address_id    uuid        references address on delete set null,   -- null: the reporter is forgotten
    state         text        not null check (state in ('draft', 'sent', 'withdrawn')),
    language      text        not null,
    receipt       bytea       unique,                  -- keyed hash; the number itself is shown once and never stored
    print         bytea,                               -- keyed hash of the text: copies of one post count once
    key           bytea,                               -- sealed; deleting it forgets the report
    body          bytea,                               -- sealed with that key
    is_forward    boolean     not null default false,
    is_incomplete boolean     not null default false,
    incident_id   uuid        references incident,
    begun_at      timestamptz not null,
    changed_at    timestamptz not null,
    sent_at       timestamptz,
    look_at       timestamptz,                         -- a silent draft that names nobody is looked at again then
    old_key       boolean     not null default false   -- told with a key that its account has no more
);

create index report_draft on report (changed_at) where state = 'draft';
create index report_incident on report (incident_id) where incident_id is not null;
create index report_address on report (address_id) where address_id is not null;

create table report_file (
    id           uuid        primary key,
    report_id    uuid        not null references report,
    kind         text        not null,                 -- photo, voice, video, document
    content_type text,
    handle       bytea,                                -- sealed; what to fetch it by, until it is fetched
    state        text        not null check (state in ('waiting', 'kept', 'lost')),
    attempts     int         not null default 0,
    print        bytea,                                -- keyed hash of the content
    body         bytea,                                -- sealed with the report's key
    look_at      timestamptz,                          -- when it is fetched next; null: at once
    created_at   timestamptz not null
);

create index report_file_report on report_file (report_id);
create index report_file_waiting on report_file (created_at) where state = 'waiting';
