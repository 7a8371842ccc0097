-- Cases that were deleted. Every node keeps the names of all cases in memory, and a row that is gone cannot tell that it is.

create table gone_case (
    case_id uuid        primary key,
    gone_at timestamptz not null
);

create index gone_case_at on gone_case (gone_at);
