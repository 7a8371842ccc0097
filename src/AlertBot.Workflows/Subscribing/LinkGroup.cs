using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Subscribing;

/// <summary>
/// A coordinator lets a group, or one topic of a forum, hear of a case. Who runs the group does not matter: its admins are not ours.
/// </summary>
public sealed class LinkGroup
{
    internal static readonly AuditAct Unlinked = new("case.unlink");

    public async Task<Subscribed> RunAsync(Session session, CaseCode code, Address group)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || !group.IsGroup)
            return Subscribed.NotAllowed;
        if (await session.Cases.FindAsync(code) is not { } file)
            return Subscribed.NotFound;

        // A group has no phone whose language we could see. The first coordinator's is a good guess.
        if (session.Actor.Person is { } person && (await session.Subscriptions.CasesOfAsync(group.Id)).Count == 0)
            await session.Addresses.SetLanguageAsync(group.Id, person.Language);
        if (!await session.Subscriptions.AddAsync(file.Id, group.Id, session.Actor.Id))
            return Subscribed.Already;

        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.link"), file.Id.Value, group.Id.Value.ToString("N"));
        return Subscribed.Done;
    }

    /// <returns><see cref="Subscribed.NotFound"/> when there is no such case, or the group did not hear of it.</returns>
    public async Task<Subscribed> EndAsync(Session session, CaseCode code, Address group)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || !group.IsGroup)
            return Subscribed.NotAllowed;
        if (await session.Cases.FindAsync(code) is not { } file || !await session.Subscriptions.RemoveAsync(file.Id, group.Id))
            return Subscribed.NotFound;

        await session.Audit.AddAsync(session.Actor.Id, Unlinked, file.Id.Value, group.Id.Value.ToString("N"));
        return Subscribed.Done;
    }
}
