-- A messenger's demand that concerns only people who never wrote to us: everybody else is written to meanwhile.

alter table channel_challenge add column only_new_people boolean not null default false;
