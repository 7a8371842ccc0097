using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Subscribing;

/// <summary>A coordinator lets a group, or one topic of a forum, follow a case. The group's admins have no say, since they are not ours.</summary>
public sealed class LinkGroup(Alerts alerting)
{
    internal static readonly AuditAct Unlinked = AuditAct.CaseUnlinked;

    public async Task<Subscribed> RunAsync(Session session, CaseCode code, Address group)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || !group.IsGroup)
            return Subscribed.NotAllowed;
        if (await session.Cases.FindAsync(code) is not { } file)
            return Subscribed.NotFound;

        // A group has no phone whose language we could see. The first coordinator's language is a good guess.
        if (session.Actor.Person is { } person && (await session.Subscriptions.CasesOfAsync(group.Id)).Count == 0)
            await session.Addresses.SetLanguageAsync(group.Id, person.Language);
        if (!await session.Subscriptions.AddAsync(file.Id, group.Id, session.Actor.Id))
            return Subscribed.Already;

        await session.Audit.AddAsync(session.Actor.Id, AuditAct.CaseLinked, file.Id.Value, group.Id.Value.ToString("N"));
        await TellAsync(session, file, group);
        return Subscribed.Done;
    }

    /// <returns><see cref="Subscribed.NotFound"/> if there is no such case, or if the group did not follow it.</returns>
    public async Task<Subscribed> EndAsync(Session session, CaseCode code, Address group)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || !group.IsGroup)
            return Subscribed.NotAllowed;
        if (await session.Cases.FindAsync(code) is not { } file || !await session.Subscriptions.RemoveAsync(file.Id, group.Id))
            return Subscribed.NotFound;

        await session.Audit.AddAsync(session.Actor.Id, Unlinked, file.Id.Value, group.Id.Value.ToString("N"));
        return Subscribed.Done;
    }

    // Coordinators must see which groups are linked, since a phone in other hands can link groups too.
    private async Task TellAsync(Session session, CaseFile file, Address group)
    {
        var draft = new AlertDraft(
            file.Id, AlertKind.GroupLinked, Severity.Urgent,
            $"linked:{file.Id.Value:N}:{group.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            new Line(
                "link.told", ("title", await session.Addresses.TitleAsync(group.Id) ?? "–"), ("code", file.Code.Text),
                ("byrole", session.Actor.Person?.Role ?? Role.Owner), ("bysign", session.Actor.Person?.Shown ?? "–")))
        {
            Buttons = [[("growth.unlink", $"grown:{group.Id.Value:N}")]],
            Needs = Role.Coordinator,
        };
        var others = (await Recipients.CoordinatorsAsync(session)).Where(one => session.Actor.Id is null || one.Person != session.Actor.Id);
        await alerting.RaiseAsync(session, draft, others.ToList());
    }
}
