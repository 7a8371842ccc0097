using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Stores;

/// <summary>One act is one transaction. Its commit wakes those who wait for its rows. One node at a time holds a lock.</summary>
public sealed class SessionTests
{
    [PostgresFact]
    public async Task Without_a_commit_nothing_remains_and_nobody_is_woken()
    {
        await using var fixture = await SendingFixture.StartAsync();
        await using var listening = new RunningSender(fixture.Wakeups.RunAsync);
        await fixture.UntilWaitingAsync(0);
        var news = fixture.Wakeups.Next(Wakeups.Inbox);

        await using (var session = await fixture.Database.BeginAsync(CancellationToken.None))
            await session.Inbox.AddAsync(Update("1"));
        Assert.False(news.IsCompleted);
        await fixture.InAsync(session => session.Inbox.AddAsync(Update("2")));

        await news.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, await fixture.ValueAsync<int>("select count(*)::int from incoming_message"));
    }

    [PostgresFact]
    public async Task An_act_has_the_time_of_what_it_takes_up_and_not_of_its_transaction()
    {
        await using var fixture = await SendingFixture.StartAsync();
        await using var session = await fixture.Database.BeginAsync(CancellationToken.None);
        var came = fixture.Clock.GetCurrentInstant() + Duration.FromHours(1);
        fixture.Clock.Advance(Duration.FromHours(1));

        Assert.Equal(came, session.Now);
        fixture.Clock.Advance(Duration.FromHours(1));
        Assert.Equal(came, session.Now);
    }

    [PostgresFact]
    public async Task Work_that_fails_is_undone_alone()
    {
        await using var fixture = await SendingFixture.StartAsync();
        await fixture.InAsync(async session =>
        {
            await session.Audit.AddAsync(null, new AuditAct("before"), null);
            var failure = await session.TryAsync(
                async () =>
                {
                    await session.Audit.AddAsync(null, new AuditAct("within"), null);
                    await session.Audit.AddAsync(null, new AuditAct(null!), null);
                },
                CancellationToken.None);
            Assert.IsType<PostgresException>(failure);
            await session.Audit.AddAsync(null, new AuditAct("after"), null);
            return true;
        });

        Assert.Equal("after,before", await fixture.ValueAsync<string>("select string_agg(act, ',' order by act) from audit"));
    }

    [PostgresFact]
    public async Task Work_within_work_is_undone_with_it_and_without_it()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var failures = new List<Exception?>();
        await fixture.InAsync(async session =>
        {
            Task NoteAsync(string act) => session.Audit.AddAsync(null, new AuditAct(act), null);
            async Task TryAsync(Func<Task> work) => failures.Add(await session.TryAsync(work, CancellationToken.None));

            await NoteAsync("a-before");
            await TryAsync(() => throw new FormatException("Nothing was asked yet."));
            await TryAsync(async () =>
            {
                await NoteAsync("b-outer");
                await TryAsync(async () =>
                {
                    await NoteAsync("gone");
                    throw new FormatException("After a statement.");
                });
                await TryAsync(() => NoteAsync("c-inner"));
                await TryAsync(() => throw new FormatException("Nothing was asked in here."));
                await NoteAsync("d-outer");
            });
            await TryAsync(async () =>
            {
                await TryAsync(() => NoteAsync("gone with the outer"));
                throw new FormatException("The inner one had worked.");
            });
            await TryAsync(() => NoteAsync("e-after"));
            return true;
        });

        Assert.Equal(
            "a-before,b-outer,c-inner,d-outer,e-after", await fixture.ValueAsync<string>("select string_agg(act, ',' order by act) from audit"));
        Assert.Equal([true, true, false, true, false, false, true, false], failures.Select(failure => failure is FormatException));
    }

    [PostgresFact]
    public async Task A_statement_that_never_left_undoes_nothing_of_what_worked_before()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var failures = new List<Exception?>();
        await fixture.InAsync(async session =>
        {
            Task NoteAsync(string act) => session.Audit.AddAsync(null, new AuditAct(act), null);
            async Task TryAsync(Func<Task> work) => failures.Add(await session.TryAsync(work, CancellationToken.None));
            // Half of a letter cannot be written to the server.
            Task LostAsync() => NoteAsync("\ud800");

            await TryAsync(() => NoteAsync("a-first"));
            await TryAsync(LostAsync);
            await TryAsync(async () =>
            {
                await TryAsync(LostAsync);
                await NoteAsync("gone with the outer");
                throw new FormatException("The savepoint of the outer one never left with the inner one.");
            });
            await TryAsync(async () =>
            {
                await TryAsync(LostAsync);
                await NoteAsync("b-outer");
                await TryAsync(LostAsync);
            });
            await NoteAsync("c-after");
            return true;
        });

        Assert.Equal("a-first,b-outer,c-after", await fixture.ValueAsync<string>("select string_agg(act, ',' order by act) from audit"));
        Assert.Equal([true, false, false, true, false, false, true], failures.Select(failure => failure is null or FormatException));
    }

    [PostgresFact]
    public async Task What_woke_others_in_vain_wakes_nobody_and_what_is_kept_does()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();
        await using var listening = new RunningSender(fixture.Wakeups.RunAsync);
        await fixture.UntilWaitingAsync(0);
        var (outbox, inbox) = (fixture.Wakeups.Next(Wakeups.Outbox), fixture.Wakeups.Next(Wakeups.Inbox));

        await fixture.InAsync(async session =>
        {
            await session.TryAsync(
                async () =>
                {
                    await session.Outbox.AddAsync(new Domain.Alerts.NewDelivery(
                        "test", address.Id, address.At.Channel, Domain.Alerts.DeliveryPriority.Now, new OutgoingMessage(RichText.Of("Undone")),
                        RichText.Of("Again"), session.Now, session.Now));
                    throw new FormatException("Undone.");
                },
                CancellationToken.None);
            return await session.Inbox.AddAsync(Update("1"));
        });
        await inbox.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.False(outbox.IsCompleted);
    }

    [PostgresFact]
    public async Task What_travels_with_the_commit_and_fails_leaves_nothing_of_the_act()
    {
        await using var fixture = await SendingFixture.StartAsync();
        await using (var session = await fixture.Database.BeginAsync(CancellationToken.None))
        {
            await session.Audit.AddAsync(null, new AuditAct("before"), null);
            // The database takes no such letter.
            session.Inbox.MarkFailed(Guid.NewGuid(), "\0");
            await Assert.ThrowsAsync<PostgresException>(() => session.CommitAsync(CancellationToken.None));
        }

        Assert.Equal(0, await fixture.ValueAsync<int>("select count(*)::int from audit"));
    }

    [PostgresFact]
    public async Task What_ends_an_act_is_no_part_of_the_work_that_could_be_undone()
    {
        await using var fixture = await SendingFixture.StartAsync();
        await fixture.InAsync(async session =>
        {
            await session.Audit.AddAsync(null, new AuditAct("before"), null);
            await session.TryAsync(() => session.Audit.AddAsync(null, new AuditAct("within"), null), CancellationToken.None);
            session.Inbox.AddLast(Update("1"));
            return true;
        });

        // The server keeps which transaction wrote a row, and gives each savepoint one of its own.
        Assert.True(await fixture.ValueAsync<bool>(
            "select xmin = (select xmin from audit where act = 'before') from incoming_message"));
        Assert.False(await fixture.ValueAsync<bool>(
            "select xmin = (select xmin from audit where act = 'within') from incoming_message"));
    }

    [PostgresFact]
    public async Task A_question_after_what_ends_an_act_gets_its_own_answer()
    {
        await using var fixture = await SendingFixture.StartAsync();

        Assert.Equal(2, await fixture.InAsync(session =>
        {
            session.Inbox.AddLast(Update("1"));
            session.Inbox.AddLast(Update("2"));
            return session.Inbox.WaitingAsync();
        }));

        Assert.Equal(2, await fixture.ValueAsync<int>("select count(*)::int from incoming_message"));
    }

    [PostgresFact]
    public async Task A_connection_for_signals_that_breaks_is_made_again_and_wakes_everybody()
    {
        await using var fixture = await SendingFixture.StartAsync();
        await using var listening = new RunningSender(fixture.Wakeups.RunAsync);
        await fixture.UntilWaitingAsync(0);
        var news = fixture.Wakeups.Next(Wakeups.Outbox);

        await fixture.CutConnectionsAsync();

        await fixture.UntilAsync(() => news.IsCompleted);
        await fixture.UntilWaitingAsync(0);
        var next = fixture.Wakeups.Next(Wakeups.Inbox);
        await fixture.InAsync(session => session.Inbox.AddAsync(Update("1")));
        await next.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [PostgresFact]
    public async Task A_lock_has_one_holder_and_is_free_when_the_holder_leaves_or_its_connection_breaks()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var source = fixture.Database.Source;

        await using (var mine = await ClusterLock.TryTakeAsync(source, "send/Telegram", CancellationToken.None))
        {
            Assert.True(await mine!.IsHeldAsync(CancellationToken.None));
            Assert.Null(await ClusterLock.TryTakeAsync(source, "send/Telegram", CancellationToken.None));
            await using var another = await ClusterLock.TryTakeAsync(source, "receive/Telegram", CancellationToken.None);
            Assert.NotNull(another);
        }

        await using var next = await ClusterLock.TryTakeAsync(source, "send/Telegram", CancellationToken.None);
        Assert.NotNull(next);
        await fixture.CutConnectionsAsync();
        Assert.False(await next.IsHeldAsync(CancellationToken.None));
        source.Clear();
        await using var third = await ClusterLock.TryTakeAsync(source, "send/Telegram", CancellationToken.None);
        Assert.NotNull(third);
    }

    private static IncomingUpdate Update(string key) =>
        new(key, new ChannelAddress(ChannelKind.Telegram, "5"), ChatKind.Private, new ChannelAddress(ChannelKind.Telegram, "5"));
}
