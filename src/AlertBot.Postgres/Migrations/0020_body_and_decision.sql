-- A filing, a decision or an answer names the body before which it stands, and the decision that it is about:
-- only that clock starts, stops or is met.

alter table case_event add column body  text;                       -- ECHR, HRC, CAT, a State's code; null: not said
alter table case_event add column about uuid references case_event;
