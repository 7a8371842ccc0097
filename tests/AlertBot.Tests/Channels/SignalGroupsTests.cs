using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using static AlertBot.Tests.Channels.SignalEvents;

namespace AlertBot.Tests.Channels;

public sealed class SignalGroupsTests
{
    private static readonly SignalAddress At = new("group:" + GroupId);

    [Fact]
    public void A_group_that_was_not_there_before_has_added_the_bot()
    {
        var groups = new SignalGroups();
        groups.Begin([], Bot);

        Assert.Equal(new ChatChange.BotAdded(), groups.Look(At, With(Uuid), Bot));
        Assert.Null(groups.Look(At, With(Uuid), Bot));
    }

    [Fact]
    public void A_group_that_was_there_before_is_no_news()
    {
        var groups = new SignalGroups();
        groups.Begin([With(Uuid)], Bot);

        Assert.Null(groups.Look(At, With(Uuid), Bot));
    }

    [Fact]
    public void Who_joins_is_named_and_the_bot_itself_is_not()
    {
        var groups = new SignalGroups();
        groups.Begin([With(Uuid)], Bot);

        var joined = Assert.IsType<ChatChange.MembersJoined>(groups.Look(At, With(Uuid, OtherUuid, BotUuid), Bot));
        Assert.Equal([new ChannelAddress(ChannelKind.Signal, OtherUuid)], joined.Who);
        Assert.Null(groups.Look(At, With(Uuid), Bot));
    }

    [Fact]
    public void Out_is_told_once()
    {
        var groups = new SignalGroups();
        groups.Begin([With(Uuid)], Bot);
        var without = With(Uuid) with { IsMember = false };

        Assert.Equal(new ChatChange.BotRemoved(), groups.Look(At, without, Bot));
        Assert.Null(groups.Look(At, without, Bot));
        Assert.Equal(new ChatChange.BotAdded(), groups.Look(At, With(Uuid), Bot));
    }

    [Fact]
    public void While_nobody_knows_what_was_before_nothing_is_told() => Assert.Null(new SignalGroups().Look(At, With(Uuid), Bot));

    [Fact]
    public void A_stream_that_begins_anew_forgets_nothing()
    {
        var groups = new SignalGroups();
        groups.Begin([With(Uuid)], Bot);
        groups.Begin([With(Uuid, OtherUuid)], Bot);

        Assert.IsType<ChatChange.MembersJoined>(groups.Look(At, With(Uuid, OtherUuid), Bot));
    }

    [Fact]
    public void An_invitation_waits_for_an_answer()
    {
        var invited = With(Uuid) with { IsMember = false, PendingMembers = [null, new PartyRecord(BotNumber)] };

        Assert.True(SignalGroups.IsInvited(invited, Bot));
        Assert.False(SignalGroups.IsInvited(invited with { PendingMembers = [new PartyRecord(Number)] }, Bot));
        Assert.False(SignalGroups.IsInvited(With(Uuid), Bot));
    }

    [Fact]
    public void The_groups_tell_the_bots_own_account() =>
        Assert.Equal(BotUuid, new SignalGroups().Begin(
            [new GroupRecord(GroupId, true, [null, new PartyRecord(Number, Uuid), new PartyRecord(BotNumber, BotUuid)])], new Self(BotNumber)));

    private static GroupRecord With(params string[] members) => new(GroupId, true, [.. members.Select(member => new PartyRecord(null, member))]);
}
