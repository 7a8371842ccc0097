-- The full alert of an incident that cannot be worked on is tried again later: it must not stand before the others each time.

alter table incident add column full_at timestamptz;   -- null: at once
