using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

public sealed partial class CaseStore
{
    /// <summary>Gives the case another code. The old one still finds it, and no other case ever gets it.</summary>
    public async Task ChangeCodeAsync(CaseId @case, CaseCode code)
    {
        await _access.ExecuteAsync(
            "insert into former_code (code, case_id, given_up_at) select code, id, @now from case_file where id = @Value",
            new { @case.Value, now = _access.Now });
        await _access.ExecuteAsync("update case_file set code = @Text where id = @Value", new { @case.Value, code.Text });
    }

    /// <summary>Every spelling that opens, with its id.</summary>
    public async Task<IReadOnlyList<(CaseNameId Id, PersonName Name)>> SpellingsAsync(CaseId @case) =>
        (await _access.QueryAsync<NameRow>("select id, name from case_name where case_id = @Value order by created_at, id", new { @case.Value }))
        .Select(row => (row.Id, Name: _access.TryOpen("case_name.name", row.Id, row.Name).Text)).Where(row => row.Name is not null)
        .Select(row => (new CaseNameId(row.Id), new PersonName(row.Name!))).ToList();

    /// <returns>False if it is the last one, or none of this case.</returns>
    public async Task<bool> RemoveNameAsync(CaseId @case, CaseNameId name)
    {
        var isRemoved = await _access.ExecuteAsync(
            """
            delete from case_name
            where  id = @Name and case_id = @Case and exists (select from case_name o where o.case_id = @Case and o.id <> @Name)
            """,
            new { Case = @case.Value, Name = name.Value }) > 0;
        await NamesChangedAsync(@case);
        return isRemoved;
    }

    /// <summary>Cases that have no name any more since then: their names went to the case that they were joined to, or they are deleted.</summary>
    public async Task<IReadOnlyList<CaseId>> NamelessSinceAsync(Instant since) => (await _access.QueryAsync<Guid>(
        """
        select id from case_file c where names_changed_at >= @since and not exists (select from case_name n where n.case_id = c.id)
        union
        select case_id from gone_case where gone_at >= @since
        """,
        new { since })).Select(id => new CaseId(id)).ToList();

    /// <summary>The case is deleted in this act: whoever keeps its names in memory forgets them.</summary>
    public Task GoneAsync(CaseId @case)
    {
        _access.Wake(Wakeups.Cases);
        return _access.ExecuteAsync(
            "insert into gone_case (case_id, gone_at) values (@Value, @now) on conflict do nothing", new { @case.Value, now = _access.Now });
    }

    // Names leave without a row that says so; whoever keeps them in memory looks at the case anew.
    private async Task NamesChangedAsync(params CaseId[] cases)
    {
        _access.Wake(Wakeups.Cases);
        await _access.ExecuteAsync(
            "update case_file set names_changed_at = @now where id = any(@ids)",
            new { ids = cases.Select(@case => @case.Value).ToArray(), now = _access.Now });
    }
}

public readonly record struct CaseNameId(Guid Value);
