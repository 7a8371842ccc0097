using AlertBot.Domain.Cases;
using NodaTime;

namespace AlertBot.Postgres.Stores;

public sealed partial class CaseStore
{
    /// <summary>Open cases with when anything was last said of them.</summary>
    /// <param name="before">Only those of which nothing was said since then.</param>
    public async Task<IReadOnlyList<(CaseId Case, DateTimeZone Zone, Instant LastHeard)>> LastHeardAsync(Instant before) =>
        (await _access.QueryAsync<HeardRow>(
            """
            select c.id, c.zone, greatest(c.created_at, h.at) as heard
            from   case_file c
            left   join lateral (select a.raised_at as at from alert a where a.case_id = c.id order by a.raised_at desc limit 1) h on true
            where  c.status <> @closed and c.created_at <= @before and (h.at is null or h.at <= @before)
            order  by c.created_at, c.id
            """,
            new { before, closed = Codes.Of(CaseStatus.Closed) }))
        // A zone that nobody knows is found when the case itself is read, and keeps no other from being asked after.
        .Select(row => (new CaseId(row.Id), DateTimeZoneProviders.Tzdb.GetZoneOrNull(row.Zone) ?? DateTimeZone.Utc, row.Heard)).ToList();

    private sealed record HeardRow(Guid Id, string Zone, Instant Heard);
}
