-- Who is told first when nobody takes an incident, and whose alerts say nothing before they are opened.

create table oncall (
    person_id uuid        primary key references person,
    position  int         not null,                    -- the first one is on duty
    joined_at timestamptz not null
);

create table oncall_shift (
    one   boolean     primary key default true check (one),   -- there is one shift at a time
    since timestamptz not null
);

alter table person add column discreet boolean not null default false;   -- alerts come as a neutral line

create table shown_card (
    delivery_id uuid        primary key references delivery on delete cascade,
    shown_at    timestamptz not null
);
