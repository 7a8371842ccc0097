-- Many pages of one maker at once are told together. Pages of before have no maker, and are left alone.

alter table page
    add column made_by uuid    references person on delete set null,
    add column is_held boolean not null default false,              -- stands for pages that came while too many were open
    add column more    int     not null default 0;                  -- further alerts that its content does not name

create index page_maker on page (made_by, told_at);
