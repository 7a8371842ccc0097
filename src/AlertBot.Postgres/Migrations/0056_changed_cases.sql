-- What a case was opened with can be put right: its code, its names. Two cases that turned out to be one person are joined, and parted again.

-- A code that a case had before. It still finds the case, and no other case ever gets it.
create table former_code (
    code        text        primary key,
    case_id     uuid        not null references case_file,
    given_up_at timestamptz not null
);

create index former_code_case on former_code (case_id);

-- A joined case is empty: all that was in it is in the other one, which its code now finds.
alter table case_file add column joined_to uuid references case_file;
alter table case_file add column names_changed_at timestamptz;

create table case_join (
    id        uuid        primary key,
    kept      uuid        not null references case_file,
    joined    uuid        not null references case_file,
    moved     jsonb       not null,                    -- ids of what came over, so that one press sends it back
    joined_by uuid        references person,
    joined_at timestamptz not null,
    undone_by uuid        references person,
    undone_at timestamptz
);
