using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Subscribing;

/// <summary>
/// Tells coordinators at once when somebody joins a group that gets alerts and so reads them. Everybody who joins within ten minutes of the first is
/// counted in the same message.
/// </summary>
public sealed class WatchGroup(Alerts alerting, TextCatalog texts)
{
    private static readonly Duration Together = Duration.FromMinutes(10);

    public async Task JoinedAsync(Session session, Address group, IReadOnlyList<ChannelAddress> who)
    {
        var cases = await CasesAsync(session, group);
        if (cases.Count == 0 || who.Count == 0)
            return;

        var last = await session.GroupGrowths.TakeAsync(group.Id);
        var isSameBatch = last is not null && session.Now < last.BegunAt + Together;
        var members = who.Select(session.GroupGrowths.SignOf).Concat(isSameBatch ? last!.Members : []).ToHashSet(StringComparer.Ordinal);
        if (isSameBatch && members.Count == last!.Members.Count)
            return;

        var codes = string.Join(
            ", ", (await session.Cases.LoadAsync(cases.Select(one => one.Case).Distinct().ToList())).Select(file => file.Code.Text));
        var draft = new AlertDraft(
            null, AlertKind.GroupGrown, Severity.Urgent, $"grown:{group.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            new Line("growth.grown", ("title", await session.Addresses.TitleAsync(group.Id) ?? "–"), ("count", members.Count), ("codes", codes)))
        {
            Buttons = [[("growth.unlink", $"grown:{group.Id.Value:N}")]],
        };
        if (isSameBatch)
            await ChangeAsync(session, last!.Alert, draft, members.Count);
        else
            await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session));
        await session.GroupGrowths.SaveAsync(
            group.Id, isSameBatch ? last! with { Members = members } : new GroupGrowth(draft.Id, session.Now, members));
    }

    /// <summary>Stops all alerts to the group and its topics.</summary>
    /// <returns>False if the actor may not.</returns>
    public async Task<bool> UnlinkAsync(Session session, Address group)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || !group.IsGroup)
            return false;

        foreach (var (@case, address) in await CasesAsync(session, group))
        {
            if (await session.Subscriptions.RemoveAsync(@case, address))
                await session.Audit.AddAsync(session.Actor.Id, LinkGroup.Unlinked, @case.Value, address.Value.ToString("N"));
        }

        return true;
    }

    // A member of a forum reads all its topics.
    private static async Task<IReadOnlyList<(CaseId Case, AddressId Address)>> CasesAsync(Session session, Address group)
    {
        var linked = new List<(CaseId, AddressId)>();
        foreach (var address in await session.Addresses.OfChatAsync(group.At))
            linked.AddRange((await session.Subscriptions.CasesOfAsync(address.Id)).Select(@case => (@case, address.Id)));
        return linked;
    }

    private async Task ChangeAsync(Session session, AlertId alert, AlertDraft draft, int count)
    {
        var readers = (await Recipients.CoordinatorsAsync(session)).ToDictionary(one => one.Address);
        var told = (await session.GroupGrowths.MessagesAsync(alert)).Where(one => readers.ContainsKey(one.To)).ToList();
        await session.Outbox.SupersedeEditsAsync(told.Select(one => one.Delivery).ToList());
        await session.Outbox.AddAsync(told.Select(one => Edit(one.Delivery, readers[one.To])).ToList());

        NewDelivery Edit(DeliveryId of, Subscriber reader) => new(
            string.Create(CultureInfo.InvariantCulture, $"grown:{of.Value:N}:{count}"), reader.Address, reader.Channel, DeliveryPriority.Urgent,
            new OutgoingMessage(draft.TextIn(reader.Language, texts), draft.ChoicesIn(reader.Language, texts)),
            texts.Say(reader.Language, "alert.repeat"), session.Now, session.Now + Urgency.WorthSendingFor(draft.Severity))
        {
            Edits = of,
        };
    }
}
