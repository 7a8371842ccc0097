using System.Text.Json.Nodes;
using AlertBot.Sandbox.Signal;

namespace AlertBot.IntegrationTests.SignalSandbox;

public sealed class GroupTests : IAsyncLifetime
{
    private SignalCli _cli = null!;
    private SandboxSignalPhone _first = null!;
    private SandboxSignalPhone _second = null!;
    private SandboxSignalGroup _group = null!;

    public async Task InitializeAsync()
    {
        _cli = await SignalCli.StartAsync();
        _first = _cli.Sandbox.AddSignalPhone("First Person");
        _second = _cli.Sandbox.AddSignalPhone("Second Person");
        _group = _cli.Sandbox.AddSignalGroup("Night watch", [_first, _second], withBot: false);
    }

    public async Task DisposeAsync() => await _cli.DisposeAsync();

    [Fact]
    public async Task The_bot_hears_a_group_from_when_it_is_added_until_it_is_removed()
    {
        using var listener = await _cli.ListenAsync();
        _first.SendText("before", _group);
        _group.AddBot(_first);
        _second.SendText("during", _group);
        _group.RemoveBot(_first);
        _second.SendText("after", _group);
        _second.SendText("in private");

        var added = (await NextAsync(listener))["groupInfo"]!;
        Assert.Equal((_group.Id, "Night watch", "UPDATE"), ((string?)added["groupId"], (string?)added["groupName"], (string?)added["type"]));
        var during = await NextAsync(listener);
        Assert.Equal(("during", "DELIVER"), ((string?)during["message"], (string?)during["groupInfo"]!["type"]));
        Assert.Equal("UPDATE", (string?)(await NextAsync(listener))["groupInfo"]!["type"]);
        Assert.Equal("in private", (string?)(await NextAsync(listener))["message"]);
        Assert.False((bool)(await _cli.CallAsync("listGroups"))[0]!["isMember"]!);

        static async Task<JsonNode> NextAsync(SignalListener from) => (await from.NextEnvelopeAsync())["dataMessage"]!;
    }

    [Fact]
    public async Task An_invited_bot_hears_nothing_until_it_agrees()
    {
        using var listener = await _cli.ListenAsync();
        _group.InviteBot(_first);
        _second.SendText("before", _group);

        Assert.Equal("UPDATE", (string?)(await listener.NextEnvelopeAsync())["dataMessage"]!["groupInfo"]!["type"]);
        var listed = (await _cli.CallAsync("listGroups", new { groupId = _group.Id }))[0]!;
        Assert.False((bool)listed["isMember"]!);
        Assert.Equal(_cli.Sandbox.Signal.Account, (string?)listed["pendingMembers"]![0]!["number"]);

        await _cli.CallAsync("updateGroup", new { groupId = _group.Id });
        _second.SendText("after", _group);

        Assert.True(_group.HasBot);
        Assert.Equal("after", await listener.NextTextAsync());
        Assert.Empty(((JsonArray)(await _cli.CallAsync("listGroups"))[0]!["pendingMembers"]!));
    }

    [Fact]
    public async Task A_message_to_a_group_has_a_result_for_every_member()
    {
        _group.AddBot(_first);
        _second.Unregister();

        var answer = await _cli.CallAsync("send", new { groupId = _group.Id, message = "hello" });

        Assert.Equal(["SUCCESS", "UNREGISTERED_FAILURE"], answer["results"]!.AsArray().Select(result => (string?)result!["type"]));
        Assert.All(answer["results"]!.AsArray(), result => Assert.Equal(_group.Id, (string?)result!["groupId"]));
        var message = _group.Messages[^1];
        Assert.Equal("hello", message.Text);
        Assert.Equal([_second.Uuid], message.NeverSentTo);
        Assert.Equal([_first.Uuid], message.DeliveredTo);
    }

    [Fact]
    public async Task Where_the_bot_may_not_write_it_is_told_why()
    {
        Assert.Equal($"Group not found: {_group.Id}", await RefusalAsync());
        _group.AddBot(_first);
        _group.Mute(_first);
        Assert.Equal($"Cannot send message to group, only admins are allowed to send: Night watch ({_group.Id})", await RefusalAsync());
        _group.Mute(_first, muted: false);
        _group.RemoveBot(_first);
        Assert.Equal($"User is not a member in group: Night watch ({_group.Id})", await RefusalAsync());
    }

    [Fact]
    public async Task Who_leaves_a_group_hears_no_more_of_it()
    {
        _group.AddBot(_first);
        _second.Leave(_group);

        var answer = await _cli.CallAsync("send", new { groupId = _group.Id, message = "hello" });

        Assert.Single((JsonArray)answer["results"]!);
        Assert.Throws<InvalidOperationException>(() => _second.SendText("still here?", _group));
    }

    private async Task<string?> RefusalAsync()
    {
        var error = await _cli.FailAsync("send", new { groupId = _group.Id, message = "hello" });
        Assert.Equal(-1, (int)error["code"]!);
        return (string?)error["message"];
    }
}
