using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>
/// The bot's groups and their members. The daemon says that a group changed but not what, so we compare with the last known state. A change that the
/// daemon received while we were not listening is not reported.
/// </summary>
internal sealed class SignalGroups
{
    private readonly Dictionary<SignalAddress, HashSet<SignalAddress>> _members = [];
    private bool _isRead;

    /// <summary>Takes the current groups without reporting changes. Later calls keep the groups already known.</summary>
    /// <returns>The bot's own uuid, if one of the groups names it.</returns>
    public string? Begin(IEnumerable<GroupRecord> groups, Self self)
    {
        string? uuid = null;
        foreach (var group in groups)
        {
            uuid ??= (group.Members ?? []).FirstOrDefault(one => one is not null && self.Is(one.Number, one.Uuid))?.Uuid;
            if (!_isRead && group.IsMember && SignalAddress.Group(group.Id) is { } address)
                _members[address] = MembersOf(group);
        }

        _isRead = true;
        return uuid;
    }

    public bool Knows(SignalAddress group) => _members.ContainsKey(group);

    /// <summary>Compares a group's record with the last known one. Null when no change is worth reporting.</summary>
    public ChatChange? Look(SignalAddress group, GroupRecord now, Self self)
    {
        if (!now.IsMember)
            return _members.Remove(group) ? new ChatChange.BotRemoved() : null;

        var members = MembersOf(now);
        var before = _members.GetValueOrDefault(group);
        _members[group] = members;
        if (before is null)
            return _isRead ? new ChatChange.BotAdded() : null;

        var joined = (now.Members ?? []).Where(one => one is not null && !self.Is(one.Number, one.Uuid))
            .Select(one => SignalAddress.Of(one!.Number, one.Uuid)).OfType<SignalAddress>().Where(one => !before.Contains(one)).ToList();
        return joined.Count == 0 ? null : new ChatChange.MembersJoined([.. joined.Select(one => one.ToChannelAddress())]);
    }

    /// <summary>Whether somebody invited the bot. It becomes a member only when it accepts.</summary>
    public static bool IsInvited(GroupRecord group, Self self) =>
        !group.IsMember && (group.PendingMembers ?? []).Any(one => one is not null && self.Is(one.Number, one.Uuid));

    private static HashSet<SignalAddress> MembersOf(GroupRecord group) =>
        [.. (group.Members ?? []).OfType<PartyRecord>().Select(one => SignalAddress.Of(one.Number, one.Uuid)).OfType<SignalAddress>()];
}
