using NodaTime;

namespace AlertBot.Domain.Retention;

/// <summary>For how long each kind of thing is kept once nothing new comes to it. Null: until somebody deletes it.</summary>
/// <param name="SetAside">Words of messages that could not be taken in.</param>
/// <param name="Strangers">Accounts that are nobody's: no role, no report, no check-in.</param>
/// <param name="Files">Files of reports whose incident is closed.</param>
/// <param name="ClosedCases">Closed cases with all that belongs to them.</param>
/// <param name="ToldBefore">So long before it is deleted, coordinators hear of it.</param>
public sealed record RetentionPolicy(Duration? SetAside, Duration? Strangers, Duration? Files, Duration? ClosedCases, Duration ToldBefore)
{
    public static readonly RetentionPolicy Usual = new(Duration.FromDays(14), Duration.FromDays(30), null, null, Duration.FromDays(7));

    /// <summary>How old something of that length is when people must have heard of it.</summary>
    public Duration TellAt(Duration kept) => kept > ToldBefore ? kept - ToldBefore : Duration.Zero;
}
