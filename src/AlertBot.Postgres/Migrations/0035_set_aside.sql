-- Coordinators hear of messages that could not be stored or handled, at most once an hour.

alter table incoming_message add column told_at timestamptz;   -- when they heard that this one is set aside

create index incoming_message_untold on incoming_message (seq) where state = 'failed' and told_at is null;
create index incoming_message_told on incoming_message (told_at) where told_at is not null;
