-- Several pictures sent together arrive as several updates: they are one thing that somebody says, and get one answer.

alter table incoming_message add column album bytea;   -- keyed hash; null: it came alone

create index incoming_message_album on incoming_message (album, seq) where album is not null;
