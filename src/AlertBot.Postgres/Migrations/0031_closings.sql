-- Reports of one incident that was joined to another go back to it when the two are parted.

alter table report add column came_from uuid references incident;
