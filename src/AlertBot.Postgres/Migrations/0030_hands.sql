-- What may be told to whom is asked of every message; see OutboxGate.

alter table delivery
    add column telling      text        not null default 'news' check (telling in ('news', 'answer', 'withdrawal')),
    add column needs        text        check (needs in ('advocate', 'coordinator', 'owner')),   -- the least role of whoever may read it
    add column earlier_refs text[],                    -- of a text too long for one message: the parts before the last
    add column withdrawn_at timestamptz;               -- taken out of its chat: it is never changed again

create index delivery_hanging on delivery (address_id, seq)
    where message_ref is not null and edits is null and edits_ref is null and withdrawn_at is null;

-- What a person did lately, looked for when their phone may be in other hands.
create index audit_person on audit (person_id, at) where person_id is not null;

alter table invite add column undone_at timestamptz;   -- taken back: it lets nobody in
