-- Dates have owners: who follows one up, until when its reminders rest, and how far a question about it has gone.

alter table deadline add column followed_by   uuid references person on delete set null;   -- null: nobody said that they do
alter table deadline add column snoozed_until timestamptz;              -- "overdue" does not wait for it
alter table deadline add column asked_at      timestamptz;              -- of the question that nobody has answered yet
alter table deadline add column asked_of      text not null default 'owner' check (asked_of in ('owner', 'followers', 'coordinators'));

create index deadline_followed on deadline (followed_by) where followed_by is not null;
