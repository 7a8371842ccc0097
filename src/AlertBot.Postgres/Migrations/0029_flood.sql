-- A flood of strangers delays nobody: answers to people with a role, or with a report, go before them (2), strangers last (5).

update delivery set priority = priority + 1 where priority >= 2;

create index delivery_stranger on delivery (address_id) where priority = 5 and state in ('queued', 'retry');

-- What is taken first of what arrived: 0 who works here or has reported, 1 words, 2 bare commands of strangers, 3 who sends too many.
alter table incoming_message add column lane smallint not null default 1;

drop index incoming_message_next;
create index incoming_message_next on incoming_message (lane, seq) where state = 'waiting';
create index incoming_message_lately on incoming_message (sender, received_at);
