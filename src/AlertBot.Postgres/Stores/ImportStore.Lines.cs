using System.Text.Json;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

public sealed partial class ImportStore
{
    private const string LineColumns = "id, place, number, outcome, said, made, invite_id, made_at, stays, undone_at";

    /// <summary>What would come, or came, of a line. What was found out before it was done is replaced.</summary>
    /// <param name="said">The text key and its arguments, as the workflow writes them.</param>
    public Task SaveLineAsync(ImportId import, int place, int number, ImportOutcome outcome, string said, ImportMade? made)
    {
        var id = Guid.CreateVersion7();
        return _access.ExecuteAsync(
            """
            insert into import_line (id, import_id, place, number, outcome, said, made, made_at)
            values (@id, @Import, @place, @number, @outcome, @said, @made::jsonb, @now)
            on conflict (import_id, place) do update set
                id = excluded.id, outcome = excluded.outcome, said = excluded.said, made = excluded.made, made_at = excluded.made_at
            """,
            new
            {
                id,
                Import = import.Value,
                place,
                number,
                outcome = Codes.Of(outcome),
                said = _access.Seal("import_line.said", id, said),
                made = made is null ? null : JsonSerializer.Serialize(made, StoredJson.Options),
                now = _access.Now,
            });
    }

    /// <summary>The lines with that outcome, in the order of the file.</summary>
    public async Task<IReadOnlyList<ImportLine>> LinesAsync(ImportId import, ImportOutcome outcome, int from, int most) =>
        (await _access.QueryAsync<LineRow>(
            $"select {LineColumns} from import_line where import_id = @Value and outcome = @outcome order by place offset @from limit @most",
            new { import.Value, outcome = Codes.Of(outcome), from, most })).Select(Read).ToList();

    public Task<IReadOnlyList<int>> PlacesAsync(ImportId import, ImportOutcome outcome) => _access.QueryAsync<int>(
        "select place from import_line where import_id = @Value and outcome = @outcome order by place",
        new { import.Value, outcome = Codes.Of(outcome) });

    /// <summary>What was added and not taken back yet, the last first.</summary>
    public async Task<IReadOnlyList<ImportLine>> ToUndoAsync(ImportId import, int most) => (await _access.QueryAsync<LineRow>(
        $"""
        select   {LineColumns} from import_line
        where    import_id = @Value and made is not null and undone_at is null and stays is null
        order by place desc
        limit    @most
        """,
        new { import.Value, most })).Select(Read).ToList();

    /// <summary>What was added and could not be taken back.</summary>
    public async Task<IReadOnlyList<ImportLine>> StayingAsync(ImportId import, int most) => (await _access.QueryAsync<LineRow>(
        $"select {LineColumns} from import_line where import_id = @Value and stays is not null order by place limit @most",
        new { import.Value, most })).Select(Read).ToList();

    /// <summary>People whose accounts wait for an answer that only an invitation brings.</summary>
    public async Task<IReadOnlyList<ImportLine>> ToInviteAsync(ImportId import, int most) => (await _access.QueryAsync<LineRow>(
        $"""
        select   {string.Join(", ", LineColumns.Split(", ").Select(column => "l." + column))}
        from     import_line l
        join     address a on a.id = (l.made ->> 'Address')::uuid
        where    l.import_id = @Value and l.undone_at is null and (l.made ->> 'Invite') is not null and a.warm_at is null
        order by l.place
        limit    @most
        """,
        new { import.Value, most })).Select(Read).ToList();

    public async Task<IReadOnlyDictionary<ImportOutcome, int>> CountsAsync(ImportId import) => (await _access.QueryAsync<(string Outcome, int Count)>(
        "select outcome, count(*)::int from import_line where import_id = @Value group by outcome", new { import.Value }))
        .ToDictionary(row => Codes.Read<ImportOutcome>(row.Outcome), row => row.Count);

    public Task SetInviteAsync(Guid line, Guid invite) =>
        _access.ExecuteAsync("update import_line set invite_id = @invite where id = @line", new { line, invite });

    /// <summary>Whether the invitation only makes somebody confirm the account that an import added.</summary>
    public Task<bool> MadeInviteAsync(Guid invite) =>
        _access.ValueAsync<bool>("select exists (select from import_line where invite_id = @invite)", new { invite });

    /// <param name="stays">Why it could not be taken back; null: it was.</param>
    public Task MarkUndoneAsync(Guid line, ImportStays? stays) => _access.ExecuteAsync(
        "update import_line set stays = @stays, undone_at = case when @stays::text is null then @now end where id = @line",
        new { line, stays = stays is { } why ? Codes.Of(why) : null, now = _access.Now });

    private ImportLine Read(LineRow row) => new(row.Id, row.Place, row.Number, Codes.Read<ImportOutcome>(row.Outcome))
    {
        Said = _access.TryOpen("import_line.said", row.Id, row.Said).Text,
        Made = row.Made is null ? null : JsonSerializer.Deserialize<ImportMade>(row.Made, StoredJson.Options),
        Invite = row.InviteId,
        MadeAt = row.MadeAt,
        Stays = row.Stays is null ? null : Codes.Read<ImportStays>(row.Stays),
        UndoneAt = row.UndoneAt,
    };

    private sealed record LineRow(
        Guid Id, int Place, int Number, string Outcome, byte[]? Said, string? Made, Guid? InviteId, Instant? MadeAt, string? Stays,
        Instant? UndoneAt);
}

/// <summary>What comes of a line.</summary>
public enum ImportOutcome
{
    Adds,

    /// <summary>It is on file already.</summary>
    There,

    /// <summary>There is nothing to do: it is cancelled, or lies in the past.</summary>
    Passed,

    Refused,
}

/// <summary>Why something that an import added could not be taken back.</summary>
public enum ImportStays
{
    /// <summary>The person has written to the bot since.</summary>
    Wrote,

    /// <summary>Somebody changed or confirmed it since.</summary>
    Changed,

    /// <summary>Something hangs on it now.</summary>
    Used,

    /// <summary>Whoever takes it back may not do that.</summary>
    NotAllowed,
}

/// <summary>What a line added, by ids alone.</summary>
public sealed record ImportMade
{
    public Guid? Address { get; init; }

    public Guid? Person { get; init; }

    /// <summary>True if the address, and with it the person, was added.</summary>
    public bool IsNew { get; init; }

    public Role? Role { get; init; }

    /// <summary>The role that the person had before.</summary>
    public Role? Had { get; init; }

    /// <summary>The role that an invitation is to confirm.</summary>
    public Role? Invite { get; init; }

    /// <summary>Cases that the address follows since.</summary>
    public IReadOnlyList<Guid> Follows { get; init; } = [];

    /// <summary>The case that was opened.</summary>
    public Guid? Case { get; init; }

    public IReadOnlyList<Guid> Events { get; init; } = [];
}

/// <summary>One line of an import. Prints as a mask.</summary>
/// <param name="Number">The number of the line in the file.</param>
public sealed record ImportLine(Guid Id, int Place, int Number, ImportOutcome Outcome)
{
    /// <summary>The same in words, as text key and arguments were stored; null once they are deleted.</summary>
    public string? Said { get; init; }

    public ImportMade? Made { get; init; }

    public Guid? Invite { get; init; }

    public Instant? MadeAt { get; init; }

    public ImportStays? Stays { get; init; }

    public Instant? UndoneAt { get; init; }

    public override string ToString() => $"(line {Number})";
}
