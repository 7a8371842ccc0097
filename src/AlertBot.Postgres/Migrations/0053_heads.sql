-- Of each sender's waiting updates one is at the head, and only heads are looked at: a backlog of one sender costs the others nothing.

alter table incoming_message add column is_head boolean not null default false;

update incoming_message m set is_head = true
where  m.state = 'waiting'
and    not exists (select from incoming_message e where e.sender = m.sender and e.state = 'waiting' and e.seq < m.seq);

drop index incoming_message_next;
create index incoming_message_head on incoming_message (lane, seq) where state = 'waiting' and is_head;
