-- The number of the key that a colleague is shown, compares with the person and confirms: that key is trusted, and no other.

alter table key_change add column number bytea;        -- sealed; null: nobody has looked yet, or the messenger has none
