using AlertBot.Channels.Signal;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Challenges;
using AlertBot.Workflows.Receiving;
using AlertBot.Workflows.Sending;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>
/// What goes wrong with Signal in the middle of a critical alert to forty people, half of whom have Telegram too: nobody misses it,
/// whoever has Telegram has it within the policy's time, and Signal is used again when it works again.
/// </summary>
public sealed class SignalFaultTests
{
    private const int People = 40;
    private const int Through = 12;

    // One run of the job that looks for what is stuck.
    private static readonly Duration Tick = Duration.FromSeconds(5);

    [PostgresFact]
    public async Task A_daemon_that_is_killed_in_the_middle_of_a_run_loses_nothing()
    {
        await using var run = await Run.StartAsync(sandbox => sandbox.Signal.GoDown());

        await run.AlertAsync();
        Assert.Equal(Through, run.HaveIt);
        await run.WaitForPolicyAsync();
        Assert.All(run.OnBoth, person => Assert.Equal(1, person.Messages));

        run.Sandbox.Signal.ComeUp();
        await run.SettleAsync(Duration.FromMinutes(1));
        await run.AssertNobodyMissedAsync();
        await run.AssertSignalIsFirstAgainAsync();
    }

    [PostgresFact]
    public async Task A_rate_limit_in_the_middle_of_an_alert_loses_nothing()
    {
        await using var run = await Run.StartAsync(sandbox => sandbox.Signal.LimitFor(Duration.FromMinutes(10)));

        await run.AlertAsync();
        Assert.Equal(Through, run.HaveIt);
        await run.WaitForPolicyAsync();
        Assert.All(run.OnBoth, person => Assert.Equal(1, person.Messages));

        await run.SettleAsync(Duration.FromMinutes(11));
        await run.AssertNobodyMissedAsync();
        await run.AssertSignalIsFirstAgainAsync();
    }

    [PostgresFact]
    public async Task A_captcha_in_the_middle_of_an_alert_loses_nothing_and_operators_get_it_on_with_one_command()
    {
        await using var run = await Run.StartAsync(sandbox => sandbox.Signal.RequireProof());

        await run.AlertAsync();
        Assert.Equal(Through, run.HaveIt);
        await run.WaitForPolicyAsync();
        Assert.All(run.OnBoth, person => Assert.Equal(1, person.Messages));
        Assert.Contains(run.Owner.Messages, message => message.Text.Contains("signalcaptchas.org", StringComparison.Ordinal));

        await run.SolveAsync();
        await run.SettleAsync(Duration.FromMinutes(1));
        await run.AssertNobodyMissedAsync();
        await run.AssertSignalIsFirstAgainAsync();
    }

    [PostgresFact]
    public async Task An_answer_that_is_lost_makes_a_repeat_that_says_so_and_nothing_more()
    {
        await using var run = await Run.StartAsync(_ => { });
        run.Sandbox.Signal.Faults.Plan(new Fault.DropAfter(), "send", times: 3);

        await run.AlertAsync();
        await run.SettleAsync(Duration.FromMinutes(1));

        var twice = run.Everybody.Where(person => person.Messages > 1).ToList();
        Assert.Equal(3, twice.Count);
        Assert.All(twice, person =>
        {
            Assert.Equal(2, person.Messages);
            Assert.Contains(person.Phone.Messages, message => message.Text.StartsWith(SendingFixture.Texts.Say("en", "alert.repeat").Plain, StringComparison.Ordinal));
        });
        Assert.All(run.Everybody.Except(twice), person => Assert.Equal(1, person.Messages));
    }

    [PostgresFact]
    public async Task A_changed_key_and_a_number_that_is_gone_delay_nobody_else()
    {
        await using var run = await Run.StartAsync(_ => { });
        // A key is another one only to whoever knew the one before.
        await run.AlertAsync();
        run.OnBoth[3].Phone.ChangeKey();
        run.OnBoth[4].Phone.Unregister();
        run.OnlySignal[3].Phone.Unregister();

        await run.AlertAsync();
        await run.Sending.SendAsync();

        // Whose key changed may be somebody else, and hears nothing anywhere until a coordinator has made sure; the owner knows.
        Assert.All(run.Everybody.Except([run.OnBoth[3], run.OnlySignal[3]]), person => Assert.Equal(2, person.Messages));
        Assert.Contains("He was taken", Assert.Single(run.OnBoth[4].Telegram!.Messages).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("He was taken", string.Concat(run.OnBoth[3].Telegram!.Messages.Select(message => message.Text)), StringComparison.Ordinal);
        Assert.Contains(run.Owner.Messages, message => message.Text.Contains("another key", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_stream_of_events_that_is_cut_fifty_times_loses_and_doubles_nothing()
    {
        const int cuts = 50;
        const int each = 6;
        await using var run = await Run.StartAsync(_ => { });
        var phone = run.OnBoth[0].Phone;
        using var stop = new CancellationTokenSource();
        var receiving = run.NewReceiver().RunAsync(stop.Token);
        for (var cut = 0; cut < cuts; cut++)
        {
            for (var message = 0; message < each; message++)
                phone.SendText($"{cut}-{message}");
            var sent = (cut + 1) * each;
            // Sometimes before all of it has arrived, sometimes after.
            if (cut % 2 == 0)
                await run.Sending.UntilAsync(async () => await run.StoredAsync() == sent, TimeSpan.FromMilliseconds(200));
            run.Sandbox.Signal.CutEvents();
            // A program that is started anew does not know what it had.
            if (cut % 10 == 9)
            {
                await stop.CancelAsync();
                await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            }
        }

        using var again = new CancellationTokenSource();
        var anew = run.NewReceiver().RunAsync(again.Token);
        for (var cut = 10; cut < cuts; cut++)
        {
            for (var message = 0; message < each; message++)
                phone.SendText($"{cut}-{message}");
            var sent = (cut + 1) * each;
            await run.Sending.UntilAsync(async () => await run.StoredAsync() == sent, TimeSpan.FromMilliseconds(200));
            run.Sandbox.Signal.CutEvents();
        }

        await run.Sending.UntilAsync(async () => await run.StoredAsync() == cuts * each, TimeSpan.FromMilliseconds(200));
        Assert.Equal(cuts * each, await run.StoredAsync());
        await again.CancelAsync();
        await anew.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed record Person(SandboxSignalPhone Phone, Address Signal, SandboxPhone? Telegram)
    {
        public int Messages => Phone.Messages.Count(message => message.IsFromBot && !message.NeverSentTo.Contains(Phone.Uuid))
            + (Telegram?.Messages.Count(message => message.IsFromBot) ?? 0);
    }

    /// <summary>One alert to everybody, with something that happens to Signal once some have it.</summary>
    private sealed class Run : IAsyncDisposable
    {
        private readonly TestClock _world;
        private readonly SignalChannel _channel;
        private readonly ScriptedChannel _signal;
        private int _left = Through;

        private Run(SendingFixture sending, TestClock world, Action<SandboxServer> happens)
        {
            (Sending, _world) = (sending, world);
            _channel = new SignalChannel(
                new SignalSettings(sending.Sandbox.Url, sending.Sandbox.Signal.Account) { RequestTimeout = TimeSpan.FromDays(1) },
                sending.Logs.For<SignalChannel>(), sending.Time, sending.Departures.Left);
            _signal = new ScriptedChannel(_channel);
            _signal.Next = SendAsync;

            Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message)
            {
                _signal.Next = SendAsync;
                if (_left-- == 0)
                    happens(sending.Sandbox);
                return _channel.SendAsync(to, message, CancellationToken.None);
            }
        }

        public SendingFixture Sending { get; }

        public SandboxServer Sandbox => Sending.Sandbox;

        public List<Person> OnBoth { get; } = [];

        public List<Person> OnlySignal { get; } = [];

        public IEnumerable<Person> Everybody => OnBoth.Concat(OnlySignal);

        public int HaveIt => Everybody.Count(person => person.Messages > 0);

        public SandboxPhone Owner { get; private set; } = null!;

        public static async Task<Run> StartAsync(Action<SandboxServer> happens)
        {
            var world = TestClock.AtUtc(2026, 3, 2, 12);
            var run = new Run(await SendingFixture.StartAsync(new SandboxOptions { Clock = world }), world, happens);
            (run.Owner, _) = await run.Sending.AddPersonAsync(Role.Owner);
            for (var number = 0; number < People; number++)
                await run.AddAsync(number, hasTelegram: number % 2 == 0);
            await run.Sending.ExecuteAsync("update address set warm_at = @Now", new { Now = run.Sending.Now.ToDateTimeOffset() });
            return run;
        }

        /// <summary>A critical alert to everybody; all that can leave leaves.</summary>
        public async Task AlertAsync()
        {
            await Sending.InAsync(async session =>
            {
                var draft = new AlertDraft(
                    null, "manual", Severity.Critical, $"test:{Guid.NewGuid():N}", new Line("alert.manual", ("code", "K-7F3Q"), ("text", "He was taken.")));
                var to = (await session.Addresses.OpenOfAsync(Everybody.Select(person => person.Signal.Person!.Value).ToList())).ToList();
                return await Alerts.RaiseAsync(session, SendingFixture.Texts, draft, to, Sending.Now);
            });
            await Sending.SendAsync(_signal);
        }

        /// <summary>The time of the policy and one run of the job.</summary>
        public async Task WaitForPolicyAsync()
        {
            Advance(IncidentPolicy.Usual.OtherChannelAfter + Tick);
            await new FallBack(Sending.Database, IncidentPolicy.Usual, Sending.Clock, Sending.Logs.For<FallBack>()).RunAsync(CancellationToken.None);
            await Sending.SendAsync();
        }

        public async Task SettleAsync(Duration wait)
        {
            for (var round = 0; round < 5; round++)
            {
                Advance(wait);
                await Sending.SendAsync(_signal);
                await Sending.SendAsync();
            }
        }

        /// <summary>As an operator does it: the command, and the errand that hands the answer over.</summary>
        public async Task SolveAsync()
        {
            var owner = await Sending.InAsync(session => session.Addresses.FindAsync(Owner.Address));
            var taken = await Sending.InAsync(async session => await AnswerChallenge.RunAsync(
                session, SandboxSignal.RightCaptcha, Actor.Of((await session.People.FindAsync(owner!.Person!.Value))!), owner, Sending.Now));
            Assert.Equal(AnswerTaken.Taken, taken);
            await new ChannelErrands(Sending.Database, [_channel], SendingFixture.Texts, Sending.Clock, Sending.Logs.For<ChannelErrands>())
                .RunAsync(CancellationToken.None);
        }

        public async Task AssertNobodyMissedAsync()
        {
            Assert.All(Everybody, person => Assert.Equal(1, person.Messages));
            Assert.Equal(0, await Sending.ValueAsync<long>(
                "select count(*) from delivery where alert_id is not null and state not in ('sent', 'superseded')"));
        }

        /// <summary>The next alert takes Signal for everybody, as they like it best.</summary>
        public async Task AssertSignalIsFirstAgainAsync()
        {
            await AlertAsync();
            Assert.All(Everybody, person => Assert.Equal(2, person.Messages));
            Assert.All(OnBoth, person => Assert.True(person.Telegram!.Messages.Count <= 1));
        }

        public Receiver NewReceiver() => new(Sending.Database, _channel, Sending.Clock, Sending.Time, Sending.Logs.For<Receiver>());

        public Task<long> StoredAsync() => Sending.ValueAsync<long>("select count(*) from incoming_message where channel = 'signal'");

        public async ValueTask DisposeAsync()
        {
            _channel.Dispose();
            await Sending.DisposeAsync();
        }

        private void Advance(Duration time)
        {
            Sending.Clock.Advance(time);
            _world.Advance(time);
        }

        private async Task AddAsync(int number, bool hasTelegram)
        {
            var phone = Sandbox.AddSignalPhone($"Person {number}");
            var (telegram, address) = hasTelegram ? await Sending.AddPersonAsync() : (null, null);
            var person = new Domain.People.Person(address?.Person ?? PersonId.New(), Role.Advocate, "en", DateTimeZone.Utc, IsFrozen: false) { Prefers = ChannelKind.Signal };
            var signal = await Sending.InAsync(async session =>
            {
                if (address is null)
                    await session.People.AddAsync(person, Sending.Now);
                await session.People.UpdateAsync(person);
                return await session.Addresses.EnsureAsync(phone.Address, person.Id, isGroup: false, "en", Sending.Now);
            });
            (hasTelegram ? OnBoth : OnlySignal).Add(new Person(phone, signal, telegram));
        }
    }
}
