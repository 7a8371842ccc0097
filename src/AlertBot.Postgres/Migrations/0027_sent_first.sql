-- What is told goes out at once, and is completed while people have it already.

alter table report add column silent_at timestamptz;   -- the reporter had not finished, and fell silent then
alter table report add column heard     text not null default 'sent'
    check (heard in ('sent', 'read', 'taken', 'ended'));   -- what the reporter was told of it

update report set silent_at = sent_at where is_incomplete;
update report set heard = 'ended' where state = 'sent';

create index report_writing on report (changed_at) where state = 'sent' and is_incomplete and silent_at is null;
