-- What a reporter sends beside words, and how all of it is forgotten.

alter table report add column look_at timestamptz;      -- a silent draft that names nobody is looked at again then

alter table report_file add column look_at timestamptz; -- when it is fetched next; null: at once

alter table address add column forget_at timestamptz;   -- its owner deletes all: gone as soon as the answer is delivered
create index address_forget on address (forget_at) where forget_at is not null;
