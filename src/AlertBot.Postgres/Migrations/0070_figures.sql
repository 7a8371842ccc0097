-- What owners see of the program's own work: figures of the last week, and messages that did not arrive.

create table figure (
    at    timestamptz not null,
    name  text        not null,                        -- e.g. 'waiting': numbers of work, nothing of anybody
    value real        not null,

    primary key (at, name)
);

create index delivery_lost on delivery (finished_at) where state in ('failed', 'expired');

-- Rows come in the order of time, so the last minutes are found without an index that every message would pay for.
create index delivery_finished on delivery using brin (finished_at) with (autosummarize = on);
