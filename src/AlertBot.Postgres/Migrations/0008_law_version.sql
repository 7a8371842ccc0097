-- With which law the deadlines of all cases were last computed. When the files change, every case is looked at anew.

create table law_version (
    is_only     boolean     primary key default true check (is_only),
    fingerprint text        not null,
    applied_at  timestamptz not null
);
