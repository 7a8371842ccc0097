-- The desk lists the questions about dates that nobody answered.
create index deadline_asked on deadline (asked_at) where asked_at is not null;
