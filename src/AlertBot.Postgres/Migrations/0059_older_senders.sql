-- A sender that knows nothing of messages with several alerts would write the change of one over all of them. While two versions of the program run,
-- such a change waits for the newer one. A sender that knows of them says so with its own id.

alter table delivery add column bundling_sender uuid;

create function keep_bundle_whole() returns trigger language plpgsql as $$
begin
    if exists (
        select from delivery b
        where  b.bundle_place is not null
        and    (b.id = new.edits or (b.address_id = new.address_id and b.message_ref = new.edits_ref))) then
        -- Not taken: to that sender the row looks as if another one held it.
        return null;
    end if;
    return new;
end;
$$;

create trigger delivery_keeps_bundle before update on delivery
    for each row
    when (new.state = 'sending' and old.state <> 'sending' and (new.edits is not null or new.edits_ref is not null)
          and new.bundling_sender is distinct from new.sender)
    execute function keep_bundle_whole();
