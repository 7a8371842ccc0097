using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// Who may see a case: coordinators all of them, advocates those that one of their addresses hears of. A case that somebody may
/// not see is to them as one that does not exist.
/// </summary>
public static class CaseAccess
{
    public static async Task<bool> MaySeeAsync(Session session, CaseId @case, Actor actor) =>
        actor.MayActAs(Role.Coordinator)
        || (actor.MayActAs(Role.Advocate) && actor.Id is { } person && await session.Subscriptions.HasAsync(@case, person));

    /// <returns>Null when there is none of that code, or none for this actor.</returns>
    public static async Task<CaseFile?> FindAsync(Session session, CaseCode code, Actor actor, bool withDetail = false) =>
        actor.MayActAs(Role.Advocate)
        && await session.Cases.FindAsync(code, withDetail) is { } file
        && await MaySeeAsync(session, file.Id, actor)
            ? file
            : null;

    public static async Task<IReadOnlyList<CaseId>> AllAsync(Session session, Actor actor) => actor switch
    {
        _ when actor.MayActAs(Role.Coordinator) => await session.Cases.AllAsync(),
        { Id: { } person } when actor.MayActAs(Role.Advocate) => await session.Subscriptions.CasesOfAsync(person),
        _ => [],
    };
}
