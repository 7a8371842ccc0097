-- Found for every message that arrives: what a receipt tells of, and the same message on another account of the person.

create index delivery_message on delivery (address_id, message_ref) where message_ref is not null;
create index delivery_fallback on delivery (fallback_of) where fallback_of is not null;

-- An account that is forgotten takes its deliveries with it; what went to another one stays.
alter table delivery drop constraint delivery_fallback_of_fkey;
alter table delivery add constraint delivery_fallback_of_fkey foreign key (fallback_of) references delivery on delete set null;
