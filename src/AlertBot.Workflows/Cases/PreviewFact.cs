using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;

namespace AlertBot.Workflows.Cases;

/// <summary>Which dates a new fact would begin, move or end, and who would be told. Nothing is written.</summary>
public sealed class PreviewFact(LawBook book)
{
    /// <returns>Null when the actor may not see the case, or when it is gone.</returns>
    public async Task<CorrectionPreview?> RunAsync(Session session, CaseId @case, CaseEvent @event)
    {
        if (!await CaseAccess.MaySeeAsync(session, @case) || await session.Cases.FindAsync(@case) is not { } file)
            return null;

        var recorded = @event with { RecordedBy = session.Actor.Id, RecordedAt = session.Now };
        var diff = DeadlineDiff.Between(
            CaseDeadlines.Compute(file, book, session.Now),
            CaseDeadlines.Compute(file with { Events = [.. file.Events, recorded] }, book, session.Now));
        return new CorrectionPreview(file, diff, (await Recipients.OfAsync(session, [@case]))(@case).ToList());
    }
}
