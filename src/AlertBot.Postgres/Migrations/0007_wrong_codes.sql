-- Codes that were tried and are none: whoever guesses is stopped. Says nothing of what was tried; older than an hour is forgotten.

create table wrong_code (
    id         uuid        primary key,
    address_id uuid        not null references address,
    kind       text        not null,                   -- invite, case
    at         timestamptz not null
);

create index wrong_code_address on wrong_code (address_id, kind, at);
