-- Other programs' monitoring pages those on call.

create table page (
    id          uuid        primary key,
    source_hash bytea       not null,                  -- keyed hash of whose monitoring it is, and of its group of alerts
    severity    text        not null check (severity in ('info', 'notice', 'urgent', 'critical')),
    content     bytea       not null,                  -- sealed; what was said
    told_at     timestamptz not null,
    step        int         not null default 0,        -- of the escalation
    look_at     timestamptz,                           -- when somebody else must be told; null: never
    taken_by    uuid        references person on delete set null,
    over_at     timestamptz
);

create index page_look on page (look_at) where look_at is not null;
create index page_open on page (source_hash) where over_at is null;

-- Each alert of such a group, with the page that told of it last. What is told again and is no worse pages nobody.
create table page_alert (
    id          uuid        primary key,
    source_hash bytea       not null,
    fingerprint bytea       not null,                  -- keyed hash
    page_id     uuid        not null references page on delete cascade,
    severity    text        not null check (severity in ('info', 'notice', 'urgent', 'critical')),
    began_at    timestamptz not null,                  -- as the monitoring says; a later one is a new event of the same alert
    is_over     boolean     not null default false,

    unique (source_hash, fingerprint)
);

create index page_alert_page on page_alert (page_id);
