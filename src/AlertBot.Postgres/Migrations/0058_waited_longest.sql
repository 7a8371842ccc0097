-- Now and then what has waited longest is taken, so that nobody waits for ever behind those who go first.

create index incoming_message_longest on incoming_message (seq) where state = 'waiting' and is_head;
