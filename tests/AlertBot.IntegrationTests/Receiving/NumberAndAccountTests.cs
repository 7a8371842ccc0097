using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Receiving;

/// <summary>A number on Signal and the account behind it are one person.</summary>
public sealed class NumberAndAccountTests
{
    private static readonly ChannelAddress Number = new(ChannelKind.Signal, "+15550100101");
    private static readonly ChannelAddress Account = new(ChannelKind.Signal, "0f0e0d0c-0b0a-4908-8706-050403020100");
    private int _key;

    [PostgresFact]
    public async Task Whoever_is_on_file_by_a_number_is_known_by_account_from_the_first_word_on()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var advocate = new Person(PersonId.New(), Role.Advocate, "en", DateTimeZone.Utc, IsFrozen: false);
        await fixture.InAsync(async session =>
        {
            await session.People.AddAsync(advocate);
            return await session.Addresses.EnsureAsync(Number, advocate.Id, isGroup: false, "en");
        });
        await fixture.StoreAsync(new IncomingUpdate("moved", Number, ChatKind.Private, Account) { Change = new ChatChange.Moved(Account) });
        await fixture.StoreAsync(Says(Account, "/note one"));

        await fixture.NewWorker(new NoteCommand()).DrainAsync(CancellationToken.None);

        Assert.Equal(advocate.Id, (await fixture.InAsync(session => session.Addresses.FindAsync(Account)))!.Person);
        Assert.Null(await fixture.InAsync(session => session.Addresses.FindAsync(Number)));
        Assert.Equal(1, await fixture.ValueAsync<int>("select count(*)::int from person"));
    }

    [PostgresFact]
    public async Task Whoever_wrote_from_an_account_before_its_number_is_known_is_one_person_and_is_told_once()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var advocate = new Person(PersonId.New(), Role.Advocate, "en", DateTimeZone.Utc, IsFrozen: false);
        var listed = await fixture.InAsync(async session =>
        {
            await session.People.AddAsync(advocate);
            return await session.Addresses.EnsureAsync(Number, advocate.Id, isGroup: false, "en");
        });
        await fixture.InAsync(session => session.Reports.BeginAsync(listed.Id, "en", new ReportContent { Words = ["they took him"] }));
        var worker = fixture.NewWorker(new NoteCommand());
        await fixture.StoreAsync(Says(Account, "/note I am new here"));
        await worker.DrainAsync(CancellationToken.None);
        var alert = await fixture.RaiseAsync(Severity.Urgent, "Come", listed);

        await fixture.StoreAsync(new IncomingUpdate("moved", Number, ChatKind.Private, Account) { Change = new ChatChange.Moved(Account) });
        await worker.DrainAsync(CancellationToken.None);

        var one = Assert.Single(await fixture.InAsync(session => session.Addresses.OpenWithRoleAsync(Role.Advocate)));
        var there = (await fixture.InAsync(session => session.Addresses.FindAsync(Account)))!;
        Assert.Equal((there.Id, advocate.Id), (one.Address, one.Person));
        Assert.Null(await fixture.InAsync(session => session.Addresses.FindAsync(Number)));
        Assert.Equal("queued", (await fixture.RowAsync(alert, there)).State);
        Assert.True(await fixture.InAsync(session => session.Reports.HasAnyAsync(there.Id)));
        // Whoever has the number next is a stranger.
        await fixture.StoreAsync(Says(Number, "/note hello"));
        await worker.DrainAsync(CancellationToken.None);
        var next = (await fixture.InAsync(session => session.Addresses.FindAsync(Number)))!;
        Assert.NotEqual(advocate.Id, next.Person);
        Assert.NotEqual(listed.Id, next.Id);
        Assert.Equal(2, await fixture.ValueAsync<int>("select count(*)::int from person"));
    }

    [PostgresFact]
    public async Task A_number_that_nobody_is_on_file_by_is_not_put_there()
    {
        await using var fixture = await SendingFixture.StartAsync();
        await fixture.StoreAsync(new IncomingUpdate("moved", Number, ChatKind.Private, Account) { Change = new ChatChange.Moved(Account) });

        await fixture.NewWorker(new NoteCommand()).DrainAsync(CancellationToken.None);

        Assert.Equal(
            ("handled", 0, 0),
            (await fixture.ValueAsync<string>("select state from incoming_message"),
                await fixture.ValueAsync<int>("select count(*)::int from person"),
                await fixture.ValueAsync<int>("select count(*)::int from address")));
    }

    private IncomingUpdate Says(ChannelAddress sender, string? text) =>
        new($"{++_key}", sender, ChatKind.Private, sender) { Text = text, Message = new MessageRef($"{_key}") };
}
