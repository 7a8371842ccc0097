using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.SignIn;

/// <summary>Ends a person's sessions at the desk: one of them, or all of them with every pending link.</summary>
public sealed class EndConsoleSession
{
    /// <returns>False if the person has no such session.</returns>
    public async Task<bool> RunAsync(Session session, PersonId person, ConsoleSessionId id)
    {
        if (!await session.ConsoleSessions.EndAsync(person, id))
            return false;

        await session.Audit.AddAsync(person, ConsoleActs.SignOut, id.Value);
        return true;
    }

    /// <returns>The number of open sessions.</returns>
    public async Task<int> AllAsync(Session session, PersonId person)
    {
        await session.SignInLinks.EndAllAsync(person);
        var open = await session.ConsoleSessions.OfAsync(person);
        foreach (var one in open)
            await RunAsync(session, person, one.Id);
        return open.Count;
    }
}
