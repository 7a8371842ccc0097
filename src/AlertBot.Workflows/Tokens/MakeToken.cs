using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Tokens;

/// <summary>
/// Makes a token with which a program acts as its maker. It outlives the session at the desk, so every other owner hears of it, and where there is
/// none, every other coordinator.
/// </summary>
public sealed class MakeToken(Alerts alerting)
{
    /// <summary>The choices of how long it lives, in days.</summary>
    public static readonly IReadOnlyList<int> Lives = [7, 30, 90, 365];

    /// <summary>Nobody looks after more.</summary>
    private const int MostLive = 20;

    /// <param name="days">One of <see cref="Lives"/>.</param>
    public async Task<MadeToken> RunAsync(Session session, string? name, IReadOnlyCollection<ApiScope> scopes, int days)
    {
        // A program that holds a token makes no further one.
        if (session.Actor is not { Person: { } maker, Token: null } || !session.Actor.MayActAs(Role.Coordinator))
            return new MadeToken.NotAllowed();
        var called = string.Join(' ', (name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (VisibleText.IsBlank(called) || called.Length > ApiToken.LongestName || scopes.Count == 0 || !Lives.Contains(days))
            return new MadeToken.Incomplete();
        if ((await session.ApiTokens.AllAsync(maker.Id)).Count(one => one.IsLiveAt(session.Now)) >= MostLive)
            return new MadeToken.TooMany();

        var (token, secret) = (
            new ApiToken(
                ApiTokenId.New(), maker.Id, called, scopes.Distinct().Order().ToList(), session.Now, session.Now + Duration.FromDays(days)),
            ApiSecret.New());
        await session.ApiTokens.AddAsync(token, secret);
        await session.Audit.AddAsync(maker.Id, AuditAct.TokenMade, token.Id.Value);
        await TellAsync(session, maker, token);
        return new MadeToken.Made(token, secret);
    }

    private async Task TellAsync(Session session, Person maker, ApiToken token)
    {
        var others = (await Recipients.CoordinatorsAsync(session)).Where(one => one.Person != maker.Id).ToList();
        var owners = others.Where(one => one.Role == Role.Owner).ToList();
        if (others.Count == 0)
            return;
        var draft = new AlertDraft(
            null, AlertKind.TokenMade, Severity.Urgent, $"token:{token.Id.Value:N}",
            [
                new Line(
                    "token.made-told", ("role", maker.Role), ("sign", maker.Shown), ("name", token.Name ?? ""), ("at", token.ExpiresAt.InUtc())),
                .. token.Scopes.Select(scope => new Line("token.may", ("scope", scope))),
                new Line("token.made-what"),
            ])
        {
            Needs = owners.Count > 0 ? Role.Owner : Role.Coordinator,
        };
        await alerting.RaiseAsync(session, draft, owners.Count > 0 ? owners : others);
    }
}

public abstract record MadeToken
{
    private MadeToken() { }

    /// <param name="Secret">Shown once and stored nowhere.</param>
    public sealed record Made(ApiToken Token, ApiSecret Secret) : MadeToken;

    /// <summary>It lacks a name or a scope, or is to live for a time that nobody offered.</summary>
    public sealed record Incomplete : MadeToken;

    public sealed record TooMany : MadeToken;

    public sealed record NotAllowed : MadeToken;
}

/// <summary>The audit log's names for these acts.</summary>
internal static class TokenActs
{
    public static readonly AuditAct End = new("token.end");
}
