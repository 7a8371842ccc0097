-- Files that coordinators bring in at the desk: read first, then done line by line, and taken back as a whole if they were the wrong ones.

create table import (
    id        uuid        primary key,
    kind      text        not null check (kind in ('people', 'cases', 'hearings')),
    state     text        not null check (state in ('reading', 'ready', 'running', 'done', 'failed', 'undoing', 'undone', 'dropped')),
    choices   bytea,                                   -- sealed: what holds for lines that do not say it; null: the words are gone
    print     bytea       not null,                    -- keyed hash of the file: the same file is known again
    problem   bytea,                                   -- sealed: why it cannot be read, or why it stopped
    notice    bytea,                                   -- sealed: what of the file is not read
    lines     int         not null default 0,
    done      int         not null default 0,          -- of the lines, in the state that it is in
    made_by   uuid        not null references person,
    made_at   timestamptz not null,
    begun_by  uuid        references person,           -- who let it be done
    begun_at  timestamptz,
    ended_at  timestamptz,
    undone_by uuid        references person,
    undone_at timestamptz,
    wiped_at  timestamptz                              -- when the file and the words of it were deleted
);

create index import_made on import (made_at desc);
create index import_print on import (print);
create index import_work on import (made_at) where state in ('reading', 'running', 'undoing');
create index import_words on import (made_at) where wiped_at is null;

-- The file itself, for a day. No backup holds it.
create table import_file (
    import_id uuid        primary key references import on delete cascade,
    content   bytea       not null                     -- sealed
);

create table import_line (
    id        uuid        primary key,
    import_id uuid        not null references import on delete cascade,
    place     int         not null,                    -- in the order of the file, from 0
    number    int         not null,                    -- of its line in the file
    outcome   text        not null check (outcome in ('adds', 'there', 'passed', 'refused')),
    said      bytea,                                   -- sealed: the same in words; null: they are gone
    made      jsonb,                                   -- ids of what it added
    invite_id uuid        references invite,           -- by which the person is to confirm the account
    made_at   timestamptz,
    stays     text,                                    -- why it could not be taken back
    undone_at timestamptz,

    unique (import_id, place)
);

create index import_line_invite on import_line (invite_id) where invite_id is not null;
