using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Configuration;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>Makes a one-use invitation to a role.</summary>
public sealed class InvitePerson
{
    public static readonly Duration UsualLife = Duration.FromHours(48);
    public static readonly Duration LongestLife = Duration.FromDays(30);

    /// <summary>The role that somebody needs to invite to another one: only owners invite people to their own or a higher role.</summary>
    public static Role NeededFor(Role invited) => invited >= Role.Coordinator ? Role.Owner : Role.Coordinator;

    /// <param name="called">The name that co-workers will see; null: the sign.</param>
    /// <returns>The code, which is shown once and stored nowhere; null if the actor may not.</returns>
    public async Task<string?> RunAsync(Session session, Role role, Duration life, PersonName? called = null) =>
        (await MakeAsync(session, role, life, called))?.Code;

    /// <inheritdoc cref="RunAsync"/>
    internal async Task<(string Code, Guid Id)?> MakeAsync(Session session, Role role, Duration life, PersonName? called = null)
    {
        if (!session.Actor.MayActAs(NeededFor(role)) || life <= Duration.Zero || life > LongestLife)
            return null;

        var code = InviteCode.New();
        var invite = await session.Invites.AddAsync(code, role, session.Actor.Id, session.Now + life, called);
        await session.Audit.AddAsync(session.Actor.Id, AuditAct.InviteMade, invite, Words.Snake(role.ToString()));
        return (code, invite);
    }
}
