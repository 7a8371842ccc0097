using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Stores;

public sealed class AddressStoreTests
{
    [PostgresFact]
    public async Task An_address_is_made_once_however_many_make_it_at_the_same_time()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var at = new ChannelAddress(ChannelKind.Telegram, "-100777");

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fixture.InAsync(
            session => session.Addresses.EnsureAsync(at, null, isGroup: true, "en"))));

        Assert.Single(made.Select(address => address.Id).Distinct());
    }

    [PostgresFact]
    public async Task A_chat_that_moves_takes_its_topics_along()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (group, topic) = await fixture.AddGroupAsync(topic: "Cases");
        var whole = await fixture.InAsync(session => session.Addresses.EnsureAsync(group.Address, null, isGroup: true, "en"));
        var thread = topic.At.Value.Split('/')[1];

        await MoveAsync(fixture, group.Address, "-100999");

        Assert.Equal("-100999", (await FindAsync(fixture, whole.Id)).At.Value);
        Assert.Equal("-100999/" + thread, (await FindAsync(fixture, topic.Id)).At.Value);
        Assert.Null(await fixture.InAsync(session => session.Addresses.FindAsync(group.Address)));
    }

    [PostgresFact]
    public async Task A_chat_that_moves_to_one_already_known_hands_over_what_it_follows_and_what_waits()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, old) = await fixture.AddGroupAsync();
        var (known, target) = await fixture.AddGroupAsync();
        var (both, onlyOld) = (await fixture.AddCaseAsync(old, target), await fixture.AddCaseAsync(old));
        var twice = await fixture.RaiseAsync(Severity.Urgent, "To both", old, target);
        await fixture.AddAsync(old, "Only to the old one");

        await MoveAsync(fixture, old.At, known.Address.Value);
        await fixture.SendAsync();

        Assert.Equal(2, known.Messages.Count);
        Assert.Equal(("superseded", "sent"), ((await fixture.RowAsync(twice, old)).State, (await fixture.RowAsync(twice, target)).State));
        var followed = await fixture.InAsync(session => session.Subscriptions.CasesOfAsync(target.Id));
        Assert.Equal(new[] { both.Id, onlyOld.Id }.Order(Comparer<Domain.Cases.CaseId>.Create((one, other) => one.Value.CompareTo(other.Value))),
            followed.Order(Comparer<Domain.Cases.CaseId>.Create((one, other) => one.Value.CompareTo(other.Value))));
        Assert.Empty(await fixture.InAsync(session => session.Subscriptions.CasesOfAsync(old.Id)));
    }

    [PostgresFact]
    public async Task The_same_move_told_twice_changes_nothing_more()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (group, address) = await fixture.AddGroupAsync();

        await MoveAsync(fixture, group.Address, "-100999");
        await MoveAsync(fixture, group.Address, "-100999");

        Assert.Equal("-100999", (await FindAsync(fixture, address.Id)).At.Value);
    }

    [PostgresFact]
    public async Task Who_can_be_told_is_neither_frozen_nor_out_of_reach_nor_of_a_lesser_role()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, coordinator) = await fixture.AddPersonAsync(Role.Coordinator, "ru");
        var (_, owner) = await fixture.AddPersonAsync(Role.Owner);
        await fixture.AddPersonAsync(Role.Advocate);
        var (_, frozen) = await fixture.AddPersonAsync(Role.Coordinator);
        var (_, dark) = await fixture.AddPersonAsync(Role.Coordinator);
        await fixture.ExecuteAsync("update person set frozen = true where id = @Value", new { frozen.Person!.Value.Value });
        await fixture.InAsync(session => session.Addresses.DarkenAsync(dark.Id, Refusal.Blocked));

        var told = await fixture.InAsync(session => session.Addresses.OpenWithRoleAsync(Role.Coordinator));

        Assert.Equal([(coordinator.Id, "ru"), (owner.Id, "en")], told.Select(one => (one.Address, one.Language)));
    }

    [PostgresFact]
    public async Task It_says_whether_an_address_was_open_before()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();

        Assert.True(await fixture.InAsync(session => session.Addresses.DarkenAsync(address.Id, Refusal.Blocked)));
        Assert.False(await fixture.InAsync(session => session.Addresses.DarkenAsync(address.Id, Refusal.Deactivated)));
        Assert.Equal(Refusal.Blocked, (await FindAsync(fixture, address.Id)).DarkWhy);
        Assert.True(await fixture.InAsync(session => session.Addresses.BrightenAsync(address.Id)));
        Assert.False(await fixture.InAsync(session => session.Addresses.BrightenAsync(address.Id)));
    }

    private static async Task<Address> FindAsync(SendingFixture fixture, AddressId id) =>
        (await fixture.InAsync(session => session.Addresses.FindAsync(id)))!;

    private static Task<bool> MoveAsync(SendingFixture fixture, ChannelAddress from, string to) => fixture.InAsync(async session =>
    {
        await session.Addresses.MoveAsync(from, new ChannelAddress(ChannelKind.Telegram, to));
        return true;
    });
}
