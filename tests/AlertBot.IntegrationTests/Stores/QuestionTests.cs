using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using Npgsql;

namespace AlertBot.IntegrationTests.Stores;

/// <summary>What goes to the database together is as if it went one by one: in its order, complete, its failures where they belong.</summary>
public sealed class QuestionTests
{
    // Half of a letter cannot be written to the server.
    private const string Unwritable = "\ud800";

    private const string Saved = "select count(*)::int from conversation";

    [PostgresFact]
    public async Task Questions_put_together_see_what_the_ones_before_them_changed()
    {
        await using var fixture = await SendingFixture.StartAsync();

        var (first, again, later) = await fixture.InAsync(async session =>
        {
            var (first, again) = (session.Alerts.AskToAdd(Alert(session)), session.Alerts.AskToAdd(Alert(session)));
            Assert.Throws<InvalidOperationException>(() => session.Alerts.AskToAdd(Alert(session)).Answer);
            await session.AskAsync(first, again, first);
            // What was answered is not done again.
            await session.AskAsync(first);
            return (first.Answer, again.Answer, await session.Alerts.WasRaisedAsync("one cause"));
        });

        Assert.Equal((true, false, true), (first, again, later));
        Assert.Equal(1, await fixture.ValueAsync<int>("select count(*)::int from alert"));
    }

    [PostgresFact]
    public async Task Work_that_waits_for_the_next_statement_is_seen_by_it_and_not_counted_with_it()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();

        var (saved, isKnown) = await fixture.InAsync(async session =>
        {
            await session.Conversations.SaveAsync(address.Id, "test", 1, "anything");
            var saved = await session.Conversations.FindAsync(address.Id);
            await session.Conversations.SaveAsync(address.Id, "test", 2, "anything");
            return (saved, await session.Addresses.WarmAsync(AddressId.New()));
        });

        Assert.Equal(1, saved!.Version);
        Assert.False(isKnown);
        Assert.Equal(2, await fixture.ValueAsync<int>("select version from conversation"));
    }

    [PostgresFact]
    public async Task Work_that_fails_when_it_leaves_is_undone_alone_and_fails_where_it_belongs()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();
        Exception? failure = null;

        await fixture.InAsync(async session =>
        {
            await session.Conversations.SaveAsync(address.Id, "kept", 1, "anything");
            failure = await session.TryAsync(
                () => session.Conversations.SaveAsync(AddressId.New(), "of nobody", 1, "anything"), CancellationToken.None);
            return true;
        });

        Assert.IsType<PostgresException>(failure);
        Assert.Equal("kept", await fixture.ValueAsync<string>("select kind from conversation"));
    }

    [PostgresFact]
    public async Task Work_is_kept_beside_a_statement_that_fails_before_it_leaves_or_after_it()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();
        var alert = await fixture.RaiseAsync(Severity.Notice, "Anything", address);
        // A year that no program of ours can read.
        await fixture.ExecuteAsync("update alert set raised_at = '20000-01-01'");

        await fixture.InAsync(async session =>
        {
            Assert.Null(await session.TryAsync(
                async () =>
                {
                    await session.Conversations.SaveAsync(address.Id, "before it leaves", 1, "anything");
                    await Assert.ThrowsAnyAsync<Exception>(() => session.Alerts.WasRaisedAsync(Unwritable));
                    Assert.Equal("before it leaves", (await session.Conversations.FindAsync(address.Id))!.Kind);
                },
                CancellationToken.None));
            Assert.Null(await session.TryAsync(
                async () =>
                {
                    await session.Conversations.SaveAsync(address.Id, "after it", 1, "anything");
                    await Assert.ThrowsAnyAsync<Exception>(() => session.Alerts.FindAsync(alert));
                },
                CancellationToken.None));
            return true;
        });

        Assert.Equal("after it", await fixture.ValueAsync<string>("select kind from conversation"));
    }

    [PostgresFact]
    public async Task An_act_of_which_nobody_knows_what_the_server_has_is_not_committed()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();

        await using (var session = await fixture.Database.BeginAsync(CancellationToken.None))
        {
            await session.Conversations.SaveAsync(address.Id, "test", 1, "anything");
            await Assert.ThrowsAnyAsync<Exception>(() => session.Alerts.WasRaisedAsync(Unwritable));
            await Assert.ThrowsAsync<InvalidOperationException>(() => session.CommitAsync(CancellationToken.None));
        }

        Assert.Equal(0, await fixture.ValueAsync<int>(Saved));
    }

    [PostgresFact]
    public async Task Work_that_nothing_follows_leaves_with_the_commit()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();

        await fixture.InAsync(async session =>
        {
            await session.Conversations.SaveAsync(address.Id, "test", 1, "anything");
            return true;
        });

        Assert.Equal(1, await fixture.ValueAsync<int>(Saved));
    }

    private static Alert Alert(Session session) => new(
        AlertId.New(), null, new AlertKind("manual"), Severity.Notice, "one cause", "alert.test", new Dictionary<string, string>(), session.Now);
}
