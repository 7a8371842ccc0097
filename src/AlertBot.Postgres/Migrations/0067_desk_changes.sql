-- Open pages of the desk renew themselves when something changed that they show, and not whenever a stranger writes to the bot.

create function desk_changed() returns trigger language plpgsql as $$
begin
    notify alertbot_desk;
    return null;
end
$$;

create trigger desk_changed after insert or update or delete on incident       for each statement execute function desk_changed();
create trigger desk_changed after insert                     on incident_entry for each statement execute function desk_changed();
create trigger desk_changed after insert or update or delete on report         for each statement execute function desk_changed();
create trigger desk_changed after insert or update           on report_file    for each statement execute function desk_changed();
create trigger desk_changed after insert or update           on case_file      for each statement execute function desk_changed();
create trigger desk_changed after insert or delete           on case_name      for each statement execute function desk_changed();
create trigger desk_changed after insert or update           on case_event     for each statement execute function desk_changed();
create trigger desk_changed after insert or update or delete on subscription   for each statement execute function desk_changed();
create trigger desk_changed after insert or update or delete on oncall         for each statement execute function desk_changed();
create trigger desk_changed after insert or update           on drill          for each statement execute function desk_changed();
create trigger desk_changed after insert                     on drill_answer   for each statement execute function desk_changed();

-- Whoever only writes to the bot stands on no page. Whoever has a role does.
create trigger desk_changed after update on person for each row
    when (old.role <> 'reporter' or new.role <> 'reporter') execute function desk_changed();
create trigger desk_changed after update on address for each row
    when (old.dark_why is distinct from new.dark_why or old.title is distinct from new.title) execute function desk_changed();
