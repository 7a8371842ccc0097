using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Tokens;

/// <summary>Finds for whom a program acts now. A suspension of its maker or a lost role counts at once.</summary>
public sealed class FindToken
{
    /// <returns>Null if it opens nothing.</returns>
    public async Task<ProgramActor?> RunAsync(Session session, ApiSecret secret)
    {
        if (await session.ApiTokens.FindAsync(secret) is not { } token || !token.IsLiveAt(session.Now)
            || await session.People.FindAsync(token.Maker) is not { } person || !person.MayActAs(Role.Coordinator)
            // A person without an account could neither be asked anything nor hear what became of it.
            || (await session.Addresses.OfAsync(person.Id)).Count == 0)
            return null;

        await session.ApiTokens.UsedAsync(token.Id);
        return new ProgramActor(token, Actor.Of(person, token.Id));
    }
}

/// <summary>A program with its token, and the person for whom it acts.</summary>
public sealed record ProgramActor(ApiToken Token, Actor Actor);
