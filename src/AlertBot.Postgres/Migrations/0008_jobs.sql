-- How each recurring job went last; shown by doctor and by jobs list.

create table job_run (
    name              text        primary key,
    last_started      timestamptz,
    last_finished     timestamptz,
    last_succeeded    timestamptz,
    last_took_ms      bigint,
    failures_in_a_row int         not null default 0,
    last_failure      text                             -- the code under which the log says more
);
