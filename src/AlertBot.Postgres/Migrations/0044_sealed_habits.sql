-- Where somebody lives by the clock, when they sleep and when they are asked are sealed: beside a public arrest they would point to a row.
-- What stood in the clear before is sealed by the program, which has the keys, right after this.

alter table person   alter column zone drop not null, add column zone_sealed bytea;              -- sealed; the one in the clear is of before
alter table check_in alter column schedule drop not null, add column schedule_sealed bytea;      -- sealed, as above
alter table rhythm   add column quiet_sealed bytea;                                              -- sealed, as above
