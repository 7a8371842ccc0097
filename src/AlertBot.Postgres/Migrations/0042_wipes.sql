-- Owners who want everything on this machine destroyed: one proposes it, another confirms it within an hour, and until then any of them
-- stops it. No backup holds a row of this, or a restore would begin by destroying what it restored.

create table wipe (
    id           uuid        primary key,
    proposed_by  uuid        not null references person,
    proposed_at  timestamptz not null,
    confirmed_by uuid        references person,
    confirmed_at timestamptz,
    stopped_by   uuid        references person,
    stopped_at   timestamptz,
    check (confirmed_by is null or confirmed_by <> proposed_by),
    check (confirmed_at is null or stopped_at is null)
);

create index wipe_proposed on wipe (proposed_at);
