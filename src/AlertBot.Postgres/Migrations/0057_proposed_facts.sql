-- An advocate of a case proposes a fact; until a coordinator puts it on file it starts and stops nothing, and stands on no page.

alter table case_event add column is_proposed boolean not null default false;

create index case_event_proposed on case_event (case_id) where is_proposed;
