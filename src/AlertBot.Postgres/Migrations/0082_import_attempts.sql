-- A file that ends the program is not tried for ever.

alter table import add column attempts int not null default 0;      -- begun and not ended, one after the other
