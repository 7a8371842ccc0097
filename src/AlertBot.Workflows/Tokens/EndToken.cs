using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Tokens;

/// <summary>Ends a token at once: its maker theirs, an owner everybody's.</summary>
public sealed class EndToken
{
    /// <returns>False if there is none such that the actor may end, or if it had ended before.</returns>
    public async Task<bool> RunAsync(Session session, ApiTokenId id)
    {
        if (session.Actor.Token is not null || !session.Actor.MayActAs(Role.Coordinator)
            || await session.ApiTokens.FindAsync(id) is not { } token
            || (token.Maker != session.Actor.Id && !session.Actor.MayActAs(Role.Owner))
            || !await session.ApiTokens.EndAsync(id))
            return false;

        await session.Audit.AddAsync(session.Actor.Id, TokenActs.End, id.Value);
        return true;
    }
}
