-- What the desk lists of many rows: dates ahead, and addresses that cannot be written to.

create index deadline_open on deadline (earliest) where state in ('scheduled', 'due_soon', 'due', 'missed');
create index address_dark on address (dark_since) where dark_why is not null;
