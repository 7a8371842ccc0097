using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Stores;

public sealed class OutboxStoreTests
{
    private static readonly Duration Lease = Duration.FromMinutes(2);

    [PostgresFact]
    public async Task Twenty_senders_never_hold_the_same_delivery()
    {
        await using var fixture = await SendingFixture.StartAsync();
        for (var number = 0; number < 100; number++)
            await fixture.AddAsync((await fixture.AddPersonAsync()).Address, "Come");

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TakeAsync(fixture, Guid.NewGuid())));

        var ids = taken.SelectMany(batch => batch.Select(delivery => delivery.Id)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        // Rows that another sender had locked are taken the next time.
        ids.AddRange((await TakeAsync(fixture, Guid.NewGuid(), 100)).Select(delivery => delivery.Id));
        Assert.Equal(100, ids.Distinct().Count());
    }

    [PostgresFact]
    public async Task Who_takes_does_not_wait_for_who_is_just_taking()
    {
        await using var fixture = await SendingFixture.StartAsync();
        await fixture.AddAsync((await fixture.AddPersonAsync()).Address, "First");
        await fixture.AddAsync((await fixture.AddPersonAsync()).Address, "Second");
        await using var slow = await fixture.Database.BeginAsync(CancellationToken.None);
        var first = Assert.Single(await slow.Outbox.TakeDueAsync(ChannelKind.Telegram, 1, Guid.NewGuid(), Lease, []));

        var second = Assert.Single(await TakeAsync(fixture, Guid.NewGuid()).WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal(("First", "Second"), (first.Message.Text.Plain, second.Message.Text.Plain));
    }

    [PostgresFact]
    public async Task One_reason_reaches_one_address_once()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();
        var (_, other) = await fixture.AddPersonAsync();

        Assert.Equal(2, await fixture.InAsync(session => session.Outbox.AddAsync(New(address), New(other))));
        Assert.Equal(0, await fixture.InAsync(session => session.Outbox.AddAsync(New(address), New(other))));

        NewDelivery New(Domain.People.Address to) => new(
            "alert:1", to.Id, to.At.Channel, DeliveryPriority.Now, new OutgoingMessage(RichText.Of("Come")),
            RichText.Empty, fixture.Now, fixture.Now + Lease);
    }

    [PostgresFact]
    public async Task One_chat_has_one_message_at_a_time_in_hand_topics_of_a_forum_together()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (group, topic) = await fixture.AddGroupAsync(topic: "Cases");
        var general = await fixture.InAsync(session => session.Addresses.EnsureAsync(group.Address, null, isGroup: true, "en"));
        await fixture.AddAsync(topic, "First");
        await fixture.AddAsync(general, "Second");

        var taken = Assert.Single(await TakeAsync(fixture, Guid.NewGuid()));

        Assert.Equal("First", taken.Message.Text.Plain);
        Assert.Empty(
            await fixture.InAsync(session => session.Outbox.TakeDueAsync(ChannelKind.Telegram, 10, Guid.NewGuid(), Lease, [taken.ChatHash])));
    }

    [PostgresFact]
    public async Task What_a_sender_left_behind_is_released_when_another_follows_or_its_lease_runs_out()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();
        var (_, other) = await fixture.AddPersonAsync();
        var id = await fixture.AddAsync(address, "Come");
        await fixture.AddAsync(other, "Come", DeliveryPriority.Digest);
        var sender = Guid.NewGuid();
        Assert.Equal(2, (await TakeAsync(fixture, sender)).Count);

        Assert.Equal(0, await ReleaseAsync(fixture, sender));
        fixture.Clock.Advance(Lease + Duration.FromSeconds(1));
        Assert.Equal(2, await ReleaseAsync(fixture, sender));

        Assert.Equal(
            ("maybe", 1, fixture.Now), ((await fixture.RowAsync(id)).State, (await fixture.RowAsync(id)).Unclear,
                (await fixture.RowAsync(id)).NotBefore));
        var again = Assert.Single(await TakeAsync(fixture, sender));
        Assert.Equal(1, await ReleaseAsync(fixture, Guid.NewGuid()));
        Assert.Equal((1, 2), (again.Unclear, (await fixture.RowAsync(id)).Unclear));
    }

    [PostgresFact]
    public async Task What_was_taken_over_is_no_longer_its_first_sender_s_to_decide()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();
        var id = await fixture.AddAsync(address, "Come");
        var old = Assert.Single(await TakeAsync(fixture, Guid.NewGuid()));
        await ReleaseAsync(fixture, Guid.NewGuid());
        Assert.Single(await TakeAsync(fixture, Guid.NewGuid()));

        await fixture.InAsync(async session =>
        {
            await session.Outbox.MarkRetryAsync(old, fixture.Now, "server_error");
            await session.Outbox.MarkMaybeAsync(old, fixture.Now, "timeout");
            await session.Outbox.MarkPartSentAsync(old, new MessageRef("1"));
            await session.Outbox.SendAnewAsync(old);
            Assert.False(await session.Outbox.EndAsync(old, DeliveryState.Failed, "blocked"));
            return true;
        });
        Assert.Equal(("sending", true), ((await fixture.RowAsync(id)).State, (await fixture.RowAsync(id)).HasBody));

        // Its arrival counts, whoever reports it.
        await fixture.InAsync(async session =>
        {
            await session.Outbox.MarkSentAsync(old.Id, new MessageRef("1"));
            return true;
        });
        Assert.Equal("sent", (await fixture.RowAsync(id)).State);
    }

    [PostgresFact]
    public async Task The_next_time_to_look_leaves_out_what_was_due_already()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();
        var busy = Convert.ToBase64String(fixture.Vault.Lookup("chat", $"telegram {address.At.Value}"));
        Assert.Null(await NextAsync(fixture, busy));

        await fixture.AddAsync(address, "Due, but its chat is busy");
        Assert.Null(await NextAsync(fixture, busy));
        await fixture.AddAsync(address, "Later", but: one => one with { NotBefore = fixture.Now + Lease });

        Assert.Equal(fixture.Now + Lease, await NextAsync(fixture, busy));
    }

    [PostgresFact]
    public async Task What_something_newer_made_pointless_is_not_sent()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, address) = await fixture.AddPersonAsync();
        var id = await fixture.AddAsync(address, "Still on it?", but: one => one with { Reason = "question:1" });

        Assert.Equal(1, await fixture.InAsync(session => session.Outbox.SupersedeAsync("question:1")));
        await fixture.SendAsync();

        Assert.Empty(phone.Messages);
        Assert.Equal(("superseded", false), ((await fixture.RowAsync(id)).State, (await fixture.RowAsync(id)).HasBody));
    }

    private static Task<IReadOnlyList<DueDelivery>> TakeAsync(SendingFixture fixture, Guid sender, int limit = 10) =>
        fixture.InAsync(session => session.Outbox.TakeDueAsync(ChannelKind.Telegram, limit, sender, Lease, []));

    private static Task<int> ReleaseAsync(SendingFixture fixture, Guid sender) => fixture.InAsync(session => session.Outbox.ReleaseOrphansAsync(
        ChannelKind.Telegram, sender, fixture.Now, fixture.Now + Duration.FromSeconds(15)));

    private static Task<Instant?> NextAsync(SendingFixture fixture, string busy) => fixture.InAsync(async session =>
    {
        Assert.Empty(await session.Outbox.TakeDueAsync(ChannelKind.Telegram, 1, Guid.NewGuid(), Lease, [busy]));
        return session.Outbox.NextDue;
    });
}
