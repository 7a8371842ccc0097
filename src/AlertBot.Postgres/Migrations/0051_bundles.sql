-- Several alerts in one message, where a chat's pace would not carry each alone in time.

alter table delivery add column bundle_place smallint;     -- its place in such a message; null: it has a message of its own

create index delivery_bundle on delivery (address_id, message_ref) where bundle_place is not null;
