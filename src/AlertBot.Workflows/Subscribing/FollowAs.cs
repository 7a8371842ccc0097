using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Subscribing;

/// <summary>A coordinator says as what somebody stands behind a case: as its lawyer, or as the one who speaks with the family.</summary>
public sealed class FollowAs
{
    /// <param name="part">Null: nothing in particular.</param>
    public async Task<Subscribed> RunAsync(Session session, CaseCode code, AddressId follower, CasePart? part)
    {
        if (!session.Actor.MayActAs(Role.Coordinator))
            return Subscribed.NotAllowed;
        if (await session.Cases.FindAsync(code) is not { } file || !await session.Subscriptions.SetPartAsync(file.Id, follower, part))
            return Subscribed.NotFound;

        await session.Audit.AddAsync(
            session.Actor.Id, new AuditAct("case.follow-as"), file.Id.Value, part is { } known ? Configuration.Words.Snake(known.ToString()) : null);
        return Subscribed.Done;
    }
}
