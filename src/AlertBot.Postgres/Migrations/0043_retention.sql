-- What is soon deleted by itself, and of which people have heard. A row goes when something new comes to it, and when it is deleted.

create table retention_notice (
    kind    text        not null check (kind in ('set_aside', 'files', 'case')),
    subject uuid        not null,                      -- of the message, the incident, the case
    told_at timestamptz not null,
    primary key (kind, subject)
);
