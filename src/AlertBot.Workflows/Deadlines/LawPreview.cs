using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Deadlines;

/// <summary>Which stored dates of which cases a changed catalogue would move, before it is switched on. Nothing is written.</summary>
public sealed class LawPreview(LawBook changed)
{
    /// <returns>Only cases of which a date would begin, move or end.</returns>
    public async Task<IReadOnlyList<(CaseFile File, DeadlineDiff Diff)>> RunAsync(Session session)
    {
        var files = (await session.Cases.LoadAsync(await session.Cases.AllAsync())).Where(file => file.Status != CaseStatus.Closed).ToList();
        var stored = await session.Deadlines.OfAsync(files.Select(file => file.Id).ToList());
        return files.Select(file => (file, DiffOf(stored[file.Id].Select(one => one.Deadline).ToList(), file, session)))
            .Where(pair => !pair.Item2.IsEmpty).ToList();
    }

    // What time itself changes since the last look is no work of the law: only dates of the law count, and what there is of them.
    private DeadlineDiff DiffOf(List<Deadline> stored, CaseFile file, Session session)
    {
        var diff = DeadlineDiff.Between(stored, CaseDeadlines.Compute(file, changed, session.Now));
        return new DeadlineDiff(
            diff.Added.Where(ChangeAlert.IsDate).ToList(), diff.Moved.Where(moved => ChangeAlert.IsDate(moved.To)).ToList(),
            diff.Ended.Where(ended => ChangeAlert.IsDate(ended.Deadline)).ToList());
    }
}
