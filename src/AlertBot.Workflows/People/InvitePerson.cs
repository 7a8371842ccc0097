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

    /// <summary>The role that somebody needs to invite to another: nobody lets people in above or beside themselves but owners.</summary>
    public static Role NeededFor(Role invited) => invited >= Role.Coordinator ? Role.Owner : Role.Coordinator;

    /// <returns>The code, which is shown once and kept nowhere; null when the actor may not.</returns>
    public async Task<string?> RunAsync(Session session, Role role, Duration life)
    {
        if (!session.Actor.MayActAs(NeededFor(role)) || life <= Duration.Zero || life > LongestLife)
            return null;

        var code = InviteCode.New();
        await session.Invites.AddAsync(code, role, session.Actor.Id, session.Now + life);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("invite.make"), null, Words.Snake(role.ToString()));
        return code;
    }
}
