-- Whoever knows the code of a case may ask to follow it; until a coordinator agrees they read what groups read.

alter table subscription add column confirmed_at timestamptz;
update subscription set confirmed_at = created_at;
