using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.SignIn;

/// <summary>Finds who is signed in with a secret now. A lost role counts at once.</summary>
public sealed class FindConsoleSession
{
    /// <returns>Null if nobody is.</returns>
    public async Task<SignedIn?> RunAsync(Session session, ConsoleSecret secret) =>
        await session.ConsoleSessions.FindAsync(secret) is { } open
        && await session.People.FindAsync(open.Person) is { } person && person.MayActAs(Role.Coordinator)
        // A person without an account could neither be asked anything nor end the session.
        && (await session.Addresses.OfAsync(person.Id)).Count > 0
            ? new SignedIn(open, person)
            : null;
}

/// <summary>A person at the desk.</summary>
public sealed record SignedIn(ConsoleSession Session, Person Person);
