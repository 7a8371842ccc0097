using System.Globalization;
using NodaTime;

namespace AlertBot.Postgres.Stores;

public sealed partial class AuditStore
{
    private const string Columns = "id, at, person_id, token_id, act, subject, detail, entry, sign, place, link";
    private const int AtOnce = 2000;

    /// <summary>The common ending of the codes for reading something confidential.</summary>
    private const string Reading = ".read";

    /// <summary>Links the new entries to the chain. One session at a time does so.</summary>
    /// <returns>The newest link; null if there is no entry yet.</returns>
    public async Task<ChainHead?> LinkAsync()
    {
        await _access.ExecuteAsync("select pg_advisory_xact_lock(hashtext('audit chain'))");
        var head = await HeadAsync();
        while (await _access.QueryAsync<Row>($"select {Columns} from audit where place is null order by id limit {AtOnce}") is { Count: > 0 } rows)
        {
            var (places, links) = (new List<long>(), new List<byte[]>());
            foreach (var row in rows)
            {
                head = new ChainHead((head?.Place ?? 0) + 1, LinkOf(head?.Link, row));
                places.Add(head.Place);
                links.Add(head.Link);
            }

            await _access.ExecuteAsync(
                "update audit a set place = n.place, link = n.link from unnest(@ids, @places, @links) as n (id, place, link) where a.id = n.id",
                new { ids = rows.Select(row => row.Id).ToArray(), places = places.ToArray(), links = links.ToArray() });
        }

        return head;
    }

    /// <summary>Checks every entry and every link.</summary>
    /// <param name="anchors">Links recorded outside the database, which must all be in the chain.</param>
    /// <returns>Null if no entry was changed, removed or inserted.</returns>
    public async Task<AuditBreak?> CheckAsync(IReadOnlyCollection<ChainHead> anchors)
    {
        var unsigned = await _access.ValueAsync<long>("select unsigned_to from audit_start");
        var kept = anchors.ToLookup(anchor => anchor.Place, anchor => anchor.Link);
        var head = new ChainHead(0, []);
        while (await _access.QueryAsync<Row>(
            $"select {Columns} from audit where place > @from order by place limit {AtOnce}", new { from = head.Place }) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                if (row.Place != head.Place + 1)
                    return new AuditBreak(AuditFault.Missing, head.Place);
                if (!IsSigned(row, unsigned))
                    return new AuditBreak(AuditFault.Changed, row.Id, row.At);
                var link = LinkOf(head.Place == 0 ? null : head.Link, row);
                if (!link.AsSpan().SequenceEqual(row.Link))
                    return new AuditBreak(AuditFault.OutOfLine, row.Id, row.At);
                head = new ChainHead(head.Place + 1, link);
                if (kept[head.Place].Any(known => !known.AsSpan().SequenceEqual(link)))
                    return new AuditBreak(AuditFault.Another, head.Place, row.At);
            }
        }

        if (kept.Count > 0 && kept.Max(anchor => anchor.Key) is var last && last > head.Place)
            return new AuditBreak(AuditFault.EndMissing, last) { Left = head.Place };
        foreach (var row in await _access.QueryAsync<Row>($"select {Columns} from audit where place is null"))
        {
            if (!IsSigned(row, unsigned))
                return new AuditBreak(AuditFault.Changed, row.Id, row.At);
        }

        return null;
    }

    public Task<int> CountAsync() => _access.ValueAsync<int>("select count(*)::int from audit");

    /// <summary>People who read more than that many cases and files since then, with the number.</summary>
    public Task<IReadOnlyList<(Guid Person, int Count)>> ManyReadAsync(Instant since, int most) => _access.QueryAsync<(Guid Person, int Count)>(
        """
        select   person_id, count(distinct (act, subject))::int
        from     audit
        where    act like @reading and at > @since and person_id is not null
        group by person_id
        having   count(distinct (act, subject)) > @most
        """,
        new { since, most, reading = "%" + Reading });

    private async Task<ChainHead?> HeadAsync() => await _access.FirstAsync<Row>(
        $"select {Columns} from audit where place is not null order by place desc limit 1") is { } row
            ? new ChainHead(row.Place!.Value, row.Link!)
            : null;

    private bool IsSigned(Row row, long unsigned) => row.Sign is { } sign && row.Entry is { } entry
        ? sign.AsSpan().SequenceEqual(SignOf(entry, row.At, row.PersonId, row.Act, row.Subject, row.Detail, row.TokenId))
        : row.Id <= unsigned;

    private byte[] SignOf(Guid entry, Instant at, Guid? person, string act, Guid? subject, string? detail, Guid? token)
    {
        // PostgreSQL stores microseconds.
        var said = Text($"{entry:N}|{at.ToUnixTimeTicks() / 10}|{person:N}|{act}|{subject:N}|{detail}");
        return _access.Vault.Lookup("audit.entry", token is { } program ? $"{program:N}@{said}" : said);
    }

    private byte[] LinkOf(byte[]? before, Row row)
    {
        var last = before is null ? "" : Convert.ToHexString(before);
        var content = row.Sign is null ? Unsigned(row) : Convert.ToHexString(row.Sign);
        return _access.Vault.Lookup("audit.link", Text($"{last}|{row.Id}|{content}"));
    }

    private static string Unsigned(Row row) =>
        Text($"{row.At.ToUnixTimeTicks() / 10}|{row.PersonId:N}|{row.Act}|{row.Subject:N}|{row.Detail}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(
        long Id, Instant At, Guid? PersonId, Guid? TokenId, string Act, Guid? Subject, string? Detail, Guid? Entry, byte[]? Sign, long? Place,
        byte[]? Link);
}

/// <summary>The end of the audit log's chain.</summary>
public sealed record ChainHead(long Place, byte[] Link);

/// <summary>Where the audit log was tampered with.</summary>
/// <param name="Number">Of the entry, or its place in the chain.</param>
/// <param name="At">When that entry says it was made; null: it is gone.</param>
public sealed record AuditBreak(AuditFault Fault, long Number, Instant? At = null)
{
    /// <summary>Where the end is missing: the number of entries that are left.</summary>
    public long Left { get; init; }

    /// <summary>For the operator at the machine.</summary>
    public override string ToString() => FormattableString.Invariant(Fault switch
    {
        AuditFault.Missing => (FormattableString)$"an entry is missing after number {Number}",
        AuditFault.Changed => $"entry {Number} was changed, or put in by somebody without the keys",
        AuditFault.OutOfLine => $"entry {Number} does not follow the one before it",
        AuditFault.Another => $"up to number {Number} it is another one than was written down outside the database",
        _ => $"its end is missing: {Number} entries were there, {Left} are",
    });
}

public enum AuditFault
{
    /// <summary>An entry between two others is gone.</summary>
    Missing,

    /// <summary>Its content is not what was signed.</summary>
    Changed,
    OutOfLine,

    /// <summary>The chain is another than the one whose links were written down outside the database.</summary>
    Another,

    EndMissing,
}
