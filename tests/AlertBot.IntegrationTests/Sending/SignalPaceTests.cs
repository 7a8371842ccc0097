using AlertBot.Channels.Signal;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>
/// Signal limits messages to one person and to strangers: people who have written to us get an alert within seconds, all at the same time.
/// </summary>
public sealed class SignalPaceTests
{
    [PostgresFact]
    public async Task Forty_known_people_have_a_critical_alert_in_seconds_though_questions_to_strangers_wait()
    {
        await using var sending = await SendingFixture.StartAsync(new SandboxOptions { SignalLimits = new SignalLimits() });
        using var signal = NewSignal(sending);
        var known = await AddPeopleAsync(sending, 40, isKnown: true);
        var strangers = await AddPeopleAsync(sending, 12, isKnown: false);
        foreach (var (_, address) in strangers)
            await sending.InAsync(async session =>
            {
                await sending.Get<Handshake>().AskAsync(session, address);
                return true;
            });
        await using var running = sending.Running(signal);
        await sending.UntilAsync(() => strangers.Any(one => Heard(one.Phone) > 0));
        var began = sending.Now;

        await sending.RaiseAsync(Severity.Critical, "Come", [.. known.Select(one => one.Address)]);
        await sending.UntilAsync(() => known.All(one => Heard(one.Phone) > 0));

        var took = sending.Now - began;
        // Minutes, when the known waited behind the strangers. The clock of a test runs ahead of a busy machine.
        Assert.InRange(took.TotalSeconds, 0, 60);
        // One a second, and the one that had left before.
        Assert.InRange(strangers.Count(one => Heard(one.Phone) > 0), 1, took.TotalSeconds + 2);
        await sending.UntilAsync(() => strangers.All(one => Heard(one.Phone) > 0));
        Assert.All(known.Concat(strangers), one => Assert.Equal(1, Heard(one.Phone)));
    }

    [PostgresFact]
    public async Task A_captcha_for_writing_to_strangers_holds_up_nobody_who_has_written_also_after_a_restart()
    {
        await using var sending = await SendingFixture.StartAsync(new SandboxOptions { SignalStrangersPerDay = 2 });
        using var signal = NewSignal(sending);
        var known = await AddPeopleAsync(sending, 5, isKnown: true);
        var strangers = await AddPeopleAsync(sending, 4, isKnown: false);
        await sending.RaiseAsync(Severity.Urgent, "Come", [.. strangers.Select(one => one.Address)]);
        await using (sending.Running(signal))
            await sending.UntilAsync(() => sending.ValueAsync<bool>("select exists (select from channel_challenge where only_new_people)"));

        await using var next = sending.Running(signal);
        await sending.RaiseAsync(Severity.Critical, "Run", [.. known.Select(one => one.Address)]);
        await sending.UntilAsync(() => known.All(one => Heard(one.Phone) > 0));

        Assert.Equal(2, strangers.Count(one => Heard(one.Phone) > 0));
    }

    [PostgresFact]
    public async Task One_person_at_the_limit_makes_nobody_else_wait()
    {
        await using var sending = await SendingFixture.StartAsync();
        using var signal = NewSignal(sending);
        var known = await AddPeopleAsync(sending, 5, isKnown: true);
        sending.Sandbox.Signal.LimitFor(Duration.FromHours(1), known[0].Phone);
        await sending.RaiseAsync(Severity.Critical, "Come", [.. known.Select(one => one.Address)]);

        await using var running = sending.Running(signal);
        await sending.UntilAsync(() => known.Skip(1).All(one => Heard(one.Phone) > 0));

        Assert.Equal(0, Heard(known[0].Phone));
    }

    [PostgresFact]
    public async Task A_group_of_two_hundred_takes_one_message()
    {
        await using var sending = await SendingFixture.StartAsync(new SandboxOptions { SignalLimits = new SignalLimits() });
        using var signal = NewSignal(sending);
        var members = Enumerable.Range(0, 200).Select(number => sending.Sandbox.AddSignalPhone($"Member {number}")).ToList();
        var group = sending.Sandbox.AddSignalGroup("Lawyers", members);
        var address = await sending.InAsync(session => session.Addresses.EnsureAsync(group.Address, null, isGroup: true, "en"));
        var file = await sending.AddCaseAsync(address);

        var alert = await sending.RaiseAsync(Severity.Critical, "Come", file, address);
        await sending.SendAsync(signal);

        Assert.Equal("sent", (await sending.RowAsync(alert)).State);
        Assert.Equal(200, Assert.Single(group.Messages, message => message.IsFromBot).DeliveredTo.Count);
    }

    private static int Heard(Sandbox.Signal.SandboxSignalPhone phone) => phone.Messages.Count(message => message.IsFromBot);

    private static SignalChannel NewSignal(SendingFixture sending) => new(
        new SignalSettings(sending.Sandbox.Url, sending.Sandbox.Signal.Account) { RequestTimeout = TimeSpan.FromDays(1) },
        sending.Logs.For<SignalChannel>(), sending.Time);

    private static async Task<IReadOnlyList<(Sandbox.Signal.SandboxSignalPhone Phone, Address Address)>> AddPeopleAsync(
        SendingFixture sending, int count, bool isKnown, Role role = Role.Advocate)
    {
        var people = new List<(Sandbox.Signal.SandboxSignalPhone, Address)>();
        for (var number = 0; number < count; number++)
        {
            var phone = sending.Sandbox.AddSignalPhone($"Person {number}");
            if (isKnown)
                phone.SendText("Hello");
            people.Add((phone, await sending.InAsync(async session =>
            {
                var person = new Person(PersonId.New(), role, "en", DateTimeZone.Utc, IsFrozen: false);
                await session.People.AddAsync(person);
                var address = await session.Addresses.EnsureAsync(phone.Address, person.Id, isGroup: false, "en");
                if (isKnown)
                    await session.Addresses.WarmAsync(address.Id);
                return (await session.Addresses.FindAsync(address.Id))!;
            })));
        }

        return people;
    }
}
