using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>
/// Who joined a group that gets alerts, as long as further joins are added to the same message. Members are stored as keyed hashes only.
/// </summary>
public sealed class GroupGrowthStore
{
    private readonly Access _access;

    internal GroupGrowthStore(Access access) => _access = access;

    /// <summary>The joins told last, locked with the group until the act ends.</summary>
    public async Task<GroupGrowth?> TakeAsync(AddressId group)
    {
        await _access.ExecuteAsync("select from address where id = @Value for update", new { group.Value });
        var row = await _access.FirstAsync<Row>(
            "select alert_id, begun_at, members from group_growth where address_id = @Value", new { group.Value });
        return row is null ? null : new GroupGrowth(new AlertId(row.AlertId), row.BegunAt, row.Members.Split(' ').ToHashSet(StringComparer.Ordinal));
    }

    public Task SaveAsync(AddressId group, GroupGrowth growth) => _access.ExecuteAsync(
        """
        insert into group_growth (address_id, alert_id, begun_at, members) values (@Value, @Alert, @BegunAt, @members)
        on conflict (address_id) do update set alert_id = excluded.alert_id, begun_at = excluded.begun_at, members = excluded.members
        """,
        new { group.Value, Alert = growth.Alert.Value, growth.BegunAt, members = string.Join(' ', growth.Members) });

    /// <summary>The keyed hash that stands for a member.</summary>
    public string SignOf(ChannelAddress member) => Convert.ToBase64String(
        _access.Vault.Lookup("member", $"{Codes.Of(member.Channel)} {member.Value}"));

    /// <summary>An alert's messages, sent or waiting.</summary>
    public async Task<IReadOnlyList<(DeliveryId Delivery, AddressId To)>> MessagesAsync(AlertId alert) =>
        (await _access.QueryAsync<(Guid Id, Guid To)>(
            """
            select id, address_id from delivery
            where  alert_id = @Value and edits is null and state in ('queued', 'sending', 'retry', 'maybe', 'sent')
            order  by seq
            """,
            new { alert.Value })).Select(row => (new DeliveryId(row.Id), new AddressId(row.To))).ToList();

    private sealed record Row(Guid AlertId, Instant BegunAt, string Members);
}

/// <param name="Alert">The alert about the joins.</param>
/// <param name="Members">The hashes of those who joined since <paramref name="BegunAt"/>.</param>
public sealed record GroupGrowth(AlertId Alert, Instant BegunAt, IReadOnlySet<string> Members);
