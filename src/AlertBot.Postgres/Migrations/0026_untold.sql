-- An alert for which there was nobody: no follower, no coordinator. It waits for the first coordinator there is.

create table untold_alert (
    alert_id uuid        primary key references alert on delete cascade,
    priority smallint    not null,
    body     bytea       not null,                     -- sealed: the words for a coordinator in every language
    since    timestamptz not null
);

create index untold_alert_next on untold_alert (priority, since);
