-- A phone in other hands must not end a check-in unheard: what weakens it waits for one more answer, or for a word.

alter table check_in
    add column word       bytea,                       -- keyed hash of the word that lets a change take effect at once
    add column duress     bytea,                       -- keyed hash of the word that looks like "well" and alarms
    add column wish       bytea,                       -- sealed; what is to change after one more answer
    add column wish_round int;                         -- the round in which it was wished for
