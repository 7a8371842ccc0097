using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Deadlines;

/// <summary>Which dates of open cases another length of a limit would move, or its end. Nothing is written.</summary>
public sealed class LawWhatIf(LawBook book)
{
    public const int MostCases = 100;

    private const int Longest = 10_000;

    /// <param name="length">In the unit of the rule; null: the rule is switched off.</param>
    /// <returns>Null when the actor may not, or there is no such rule or length.</returns>
    public async Task<LawMoves?> RunAsync(Session session, string ruleId, int? length)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || book.Find(ruleId) is not { } rule || length is < 1 or > Longest)
            return null;

        var changed = new LawBook(book.Rules.Select(one => one.Id == rule.Id ? Changed(one, length) : one), book.Calendars);
        var cases = await session.Deadlines.CasesOfRuleAsync(rule.Id, MostCases + 1);
        var looked = cases.Take(MostCases).ToList();
        var files = await LoadAsync(session, looked);
        var moves = files.Select(file => (File: file, Diff: DiffOf(file, changed, session))).Where(pair => !pair.Diff.IsEmpty).ToList();
        return new LawMoves(moves, files.Count, cases.Count > MostCases) { Damaged = looked.Count - files.Count };
    }

    // One case that cannot be read must not keep the others from being looked at.
    private static async Task<IReadOnlyList<CaseFile>> LoadAsync(Session session, IReadOnlyList<CaseId> cases)
    {
        var files = new List<CaseFile>();
        if (await session.TryAsync(async () => files.AddRange(await session.Cases.LoadAsync(cases)), CancellationToken.None) is null)
            return files;
        foreach (var id in cases)
        {
            if (await session.TryAsync(async () => files.AddRange(await session.Cases.LoadAsync([id])), CancellationToken.None) is not null)
                session.Damaged.Note("case_file", id.Value, $"case_file {id.Value}");
        }

        return files;
    }

    private static Rule Changed(Rule rule, int? length) => length is { } value
        ? rule with { Main = rule.Main with { Length = rule.Main.Length with { Value = value } } }
        : rule with { Tier = Tier.C };

    private DeadlineDiff DiffOf(CaseFile file, LawBook changed, Session session)
    {
        var diff = DeadlineDiff.Between(CaseDeadlines.Compute(file, book, session.Now), CaseDeadlines.Compute(file, changed, session.Now));
        return new DeadlineDiff(
            diff.Added.Where(ChangeAlert.IsDate).ToList(), diff.Moved.Where(moved => ChangeAlert.IsDate(moved.To)).ToList(),
            diff.Ended.Where(ended => ChangeAlert.IsDate(ended.Deadline)).ToList());
    }
}

/// <param name="Moves">The cases of which a date would begin, move or end.</param>
/// <param name="Looked">How many cases in which the rule runs were computed.</param>
/// <param name="IsCut">There are more of them.</param>
public sealed record LawMoves(IReadOnlyList<(CaseFile File, DeadlineDiff Diff)> Moves, int Looked, bool IsCut)
{
    /// <summary>How many more could not be read.</summary>
    public int Damaged { get; init; }
}
