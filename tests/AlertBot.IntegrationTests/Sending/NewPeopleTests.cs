using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Receiving;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Entrance;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>A messenger limits the strangers we write to: messages that can wait do, critical ones do not, and people answer first.</summary>
public sealed class NewPeopleTests
{
    private static readonly Instant Tomorrow = Instant.FromUtc(2026, 3, 3, 0, 0);

    [PostgresFact]
    public async Task Over_the_days_number_what_can_wait_goes_the_next_day_and_nothing_is_lost()
    {
        await using var sending = await SendingFixture.StartAsync();
        var signal = Signal(perDay: 7);
        var people = await ManyAsync(sending, 5);
        var alert = await sending.RaiseAsync(Severity.Urgent, "Come", [.. people]);

        await sending.SendAsync(signal);

        Assert.Equal(2, signal.Given.Count);
        var waiting = await sending.RowAsync(alert, people[4]);
        Assert.Equal(("retry", "budget", Tomorrow), (waiting.State, waiting.Outcome, waiting.NotBefore));
        sending.Clock.Advance(Tomorrow - sending.Now);
        await sending.SendAsync(signal);
        Assert.Equal(4, signal.Given.Count);
        sending.Clock.Advance(Duration.FromDays(1));
        await sending.SendAsync(signal);
        Assert.Equal(5, signal.Given.Count);
        Assert.Equal("sent", (await sending.RowAsync(alert, people[4])).State);
    }

    [PostgresFact]
    public async Task What_is_critical_is_tried_even_beyond_the_number()
    {
        await using var sending = await SendingFixture.StartAsync();
        var signal = Signal(perDay: 6);
        var people = await ManyAsync(sending, 8);
        await sending.RaiseAsync(Severity.Critical, "Come", [.. people]);

        await sending.SendAsync(signal);

        Assert.Equal(8, signal.Given.Count);
        Assert.Equal(8, await UsedAsync(sending));
    }

    [PostgresFact]
    public async Task Nobody_is_counted_twice_nor_who_has_written_nor_a_group()
    {
        await using var sending = await SendingFixture.StartAsync();
        var signal = Signal(perDay: 6);
        var (stranger, known) = (await sending.AddSignalPersonAsync(), await sending.AddSignalPersonAsync());
        await sending.InAsync(session => session.Addresses.WarmAsync(known.Id));
        var group = await sending.InAsync(
            session => session.Addresses.EnsureAsync(new ChannelAddress(ChannelKind.Signal, "group:abc"), null, isGroup: true, "en"));

        foreach (var address in new[] { group, known, stranger, known, stranger, group })
            await sending.RaiseAsync(Severity.Urgent, "Come", address);
        await sending.SendAsync(signal);

        Assert.Equal(6, signal.Given.Count);
        Assert.Equal(1, await UsedAsync(sending));
    }

    [PostgresFact]
    public async Task A_messenger_that_does_not_count_is_sent_everything()
    {
        await using var sending = await SendingFixture.StartAsync();
        var signal = new ScriptedSignal();
        await sending.RaiseAsync(Severity.Urgent, "Come", [.. await ManyAsync(sending, 30)]);

        await sending.SendAsync(signal);

        Assert.Equal((30, 0), (signal.Given.Count, await UsedAsync(sending)));
    }

    [PostgresFact]
    public async Task Whoever_writes_is_no_stranger_and_gets_at_once_what_waited()
    {
        await using var sending = await SendingFixture.StartAsync();
        var signal = Signal(perDay: 5);
        var stranger = await sending.AddSignalPersonAsync();
        var alert = await sending.RaiseAsync(Severity.Urgent, "Come", stranger);
        await sending.SendAsync(signal);
        Assert.Empty(signal.Given);

        await SayAsync(sending, signal, stranger, "hello");
        await sending.SendAsync(signal);

        Assert.Equal("sent", (await sending.RowAsync(alert)).State);
        Assert.Equal(0, await UsedAsync(sending));
    }

    [PostgresFact]
    public async Task Imported_people_are_asked_first_over_days_and_count_once_they_answer()
    {
        await using var sending = await SendingFixture.StartAsync();
        var signal = Signal(perDay: 6);
        var import = sending.Get<ImportPeople>();
        var at = Enumerable.Range(0, 3).Select(_ => new ChannelAddress(ChannelKind.Signal, Guid.NewGuid().ToString())).ToList();
        foreach (var address in at)
        {
            var (isDone, said) = await sending.InAsync(
                session => import.LineAsync(session.As(Actor.Operator), ["advocate", "signal", address.Value, "en"]));
            Assert.Equal((true, "added, 0 new subscriptions, not confirmed yet"), (isDone, said.In("en", RunningBot.Texts).Plain));
        }

        await sending.SendAsync(signal);
        var (first, message) = Assert.Single(signal.Given);
        Assert.Contains("This is AlertBot", message.Text.Plain, StringComparison.Ordinal);
        Assert.Contains("1 – Yes, I read this", message.Text.Plain, StringComparison.Ordinal);
        sending.Clock.Advance(Duration.FromDays(1));
        await sending.SendAsync(signal);
        Assert.Equal(2, signal.Given.Count);
        var asked = (await sending.InAsync(session => session.Addresses.FindAsync(first)))!;
        Assert.True(asked.IsUnconfirmed);

        await SayAsync(sending, signal, asked, "1");
        await sending.SendAsync(signal);

        Assert.StartsWith("Thank you. Alerts reach you here now.", signal.TextsTo(first)[^1], StringComparison.Ordinal);
        Assert.False((await sending.InAsync(session => session.Addresses.FindAsync(first)))!.IsUnconfirmed);
        // Importing the same list again asks nobody twice.
        Assert.Equal(
            "was there, 0 new subscriptions, not confirmed yet",
            (await sending.InAsync(session => import.LineAsync(
                session.As(Actor.Operator), ["advocate", "signal",
                    at.Single(one => one != first && signal.Given.All(given => given.To != one)).Value, "en"])))
            .Said.In("en", RunningBot.Texts).Plain);
        Assert.Equal(3, await sending.ValueAsync<int>("select count(*)::int from delivery where reason like 'handshake:%'"));
    }

    [PostgresFact]
    public async Task A_case_that_only_unconfirmed_people_follow_is_told_to_coordinators_too()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, coordinator) = await sending.AddPersonAsync(Role.Coordinator);
        var imported = await sending.AddSignalPersonAsync();
        var @case = await sending.AddCaseAsync(imported);
        Task<AddressId[]> HeardAsync() => sending.InAsync(
            async session => (await Recipients.OfAsync(session, [@case.Id]))(@case.Id).Select(one => one.Address).ToArray());
        Assert.Equal([imported.Id], await HeardAsync());

        await sending.InAsync(async session =>
        {
            await sending.Get<Handshake>().AskAsync(session, imported);
            return 0;
        });

        Assert.Equal([imported.Id, coordinator.Id], await HeardAsync());
    }

    private static ScriptedSignal Signal(int perDay)
    {
        var plain = new ScriptedSignal();
        return new ScriptedSignal { Capabilities = plain.Capabilities with { NewPeople = SignalPolicy.Usual.BudgetOf(perDay) } };
    }

    private static async Task<List<Address>> ManyAsync(SendingFixture sending, int count)
    {
        var people = new List<Address>();
        for (var number = 0; number < count; number++)
            people.Add(await sending.AddSignalPersonAsync());
        return people;
    }

    private static Task<int> UsedAsync(SendingFixture sending) =>
        sending.InAsync(session => session.NewPeople.UsedAsync(ChannelKind.Signal, NewPeopleBudget.DayOf(sending.Now)));

    private static async Task SayAsync(SendingFixture sending, ScriptedSignal signal, Address from, string text)
    {
        await sending.StoreAsync(new IncomingUpdate(Guid.NewGuid().ToString("N"), from.At, ChatKind.Private, from.At) { Text = text });
        await new InboxWorker(
            sending.Database, new Router([], [], [new HelloPress()], sending.Get<GroupLife>()),
            SendingFixture.Texts, [signal, sending.Telegram], sending.Wakeups,
            sending.Get<Handshake>(),
            sending.Time, sending.Logs.For<InboxWorker>()).DrainAsync(CancellationToken.None);
    }
}
