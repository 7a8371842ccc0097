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
    public static Task<bool> MaySeeAsync(Session session, CaseId @case) => MaySeeAsync(session, @case, session.Actor);

    /// <param name="whom">Asked of somebody who does not act now.</param>
    public static async Task<bool> MaySeeAsync(Session session, CaseId @case, Actor whom) =>
        whom.MayActAs(Role.Coordinator)
        || (whom.MayActAs(Role.Advocate) && whom.Id is { } person && await session.Subscriptions.HasAsync(@case, person));

    /// <returns>Null when there is none of that code, or none for who acts.</returns>
    public static async Task<CaseFile?> FindAsync(Session session, CaseCode code, bool withDetail = false) =>
        session.Actor.MayActAs(Role.Advocate)
        && await session.Cases.FindAsync(code, withDetail) is { } file
        && await MaySeeAsync(session, file.Id)
            ? file
            : null;

    public static async Task<IReadOnlyList<CaseId>> AllAsync(Session session) => session.Actor switch
    {
        _ when session.Actor.MayActAs(Role.Coordinator) => await session.Cases.AllAsync(),
        { Id: { } person } when session.Actor.MayActAs(Role.Advocate) => await session.Subscriptions.CasesOfAsync(person),
        _ => [],
    };
}
