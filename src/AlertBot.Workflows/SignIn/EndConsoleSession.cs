using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.SignIn;

/// <summary>Ends what a person has open at the desk: one session, or all of them with every link that is on its way.</summary>
public sealed class EndConsoleSession
{
    /// <returns>False when that person has no such session.</returns>
    public async Task<bool> RunAsync(Session session, PersonId person, ConsoleSessionId id)
    {
        if (!await session.ConsoleSessions.EndAsync(person, id))
            return false;

        await session.Audit.AddAsync(person, ConsoleActs.SignOut, id.Value);
        return true;
    }

    /// <returns>How many were open.</returns>
    public async Task<int> AllAsync(Session session, PersonId person)
    {
        await session.SignInLinks.EndAllAsync(person);
        var open = await session.ConsoleSessions.OfAsync(person);
        foreach (var one in open)
            await RunAsync(session, person, one.Id);
        return open.Count;
    }
}
