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
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Messengers;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>Somebody with Signal, and perhaps Telegram.</summary>
internal sealed record SignalPerson(SandboxSignalPhone Phone, Address Signal, SandboxPhone? Telegram)
{
    public int Messages => Phone.Messages.Count(message => message.IsFromBot && !message.NeverSentTo.Contains(Phone.Uuid))
        + (Telegram?.Messages.Count(message => message.IsFromBot) ?? 0);
}

/// <summary>One alert to everybody, during which something happens to Signal once some have it.</summary>
internal sealed class SignalRun : IAsyncDisposable
{
    public const int People = 40;

    /// <summary>How many have the alert when it happens.</summary>
    public const int Through = 12;

    // The interval of the job that looks for stuck deliveries.
    private static readonly Duration Tick = Duration.FromSeconds(5);

    private readonly TestClock _world;
    private readonly SignalChannel _channel;
    private readonly ScriptedChannel _signal;
    private int _left = Through;

    private SignalRun(SendingFixture sending, TestClock world, Action<SandboxServer> happens)
    {
        (Sending, _world) = (sending, world);
        _channel = new SignalChannel(
            new SignalSettings(sending.Sandbox.Url, sending.Sandbox.Signal.Account) { RequestTimeout = TimeSpan.FromDays(1) },
            sending.Logs.For<SignalChannel>(), sending.Time);
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

    public List<SignalPerson> OnBoth { get; } = [];

    public List<SignalPerson> OnlySignal { get; } = [];

    public IEnumerable<SignalPerson> Everybody => OnBoth.Concat(OnlySignal);

    public int HaveIt => Everybody.Count(person => person.Messages > 0);

    public SandboxPhone Owner { get; private set; } = null!;

    public static async Task<SignalRun> StartAsync(Action<SandboxServer> happens)
    {
        var world = TestClock.AtUtc(2026, 3, 2, 12);
        var run = new SignalRun(await SendingFixture.StartAsync(new SandboxOptions { Clock = world }), world, happens);
        (run.Owner, _) = await run.Sending.AddPersonAsync(Role.Owner);
        for (var number = 0; number < People; number++)
            await run.AddAsync(number, hasTelegram: number % 2 == 0);
        await run.Sending.ExecuteAsync("update address set warm_at = @Now", new { Now = run.Sending.Now.ToDateTimeOffset() });
        return run;
    }

    /// <summary>Raises a critical alert for everybody, and sends whatever can leave.</summary>
    public async Task AlertAsync()
    {
        await Sending.InAsync(async session =>
        {
            var draft = new AlertDraft(
                null, new AlertKind("manual"), Severity.Critical, $"test:{Guid.NewGuid():N}", new Line(
                    "alert.manual", ("code", "K-7F3Q"), ("text", "He was taken.")));
            var to = (await session.Addresses.OpenOfAsync(Everybody.Select(person => person.Signal.Person!.Value).ToList())).ToList();
            return await Sending.Get<Alerts>().RaiseAsync(session, draft, to);
        });
        await Sending.SendAsync(_signal);
    }

    /// <summary>Waits the policy's time and one run of the job.</summary>
    public async Task WaitForPolicyAsync()
    {
        Advance(IncidentPolicy.Usual.OtherChannelAfter + Tick);
        var job = new FallBack(Sending.Database, Sending.Get<SendElsewhere>(), IncidentPolicy.Usual, Sending.Logs.For<FallBack>());
        await job.RunAsync(CancellationToken.None);
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

    /// <summary>Answers as an operator does: the command, and the errand that passes the answer on.</summary>
    public async Task SolveAsync()
    {
        var owner = await Sending.InAsync(session => session.Addresses.FindAsync(Owner.Address));
        var taken = await Sending.InAsync(async session => await Sending.Get<AnswerChallenge>().RunAsync(
            session.As(Actor.Of((await session.People.FindAsync(owner!.Person!.Value))!)), SandboxSignal.RightCaptcha, owner));
        Assert.Equal(AnswerTaken.Taken, taken);
        await new ChannelErrands(
                Sending.Database, [_channel], Sending.Get<TrustedKey>(), Sending.Get<ChannelChallenges>(), SendingFixture.Texts,
                Sending.Logs.For<ChannelErrands>())
            .RunAsync(CancellationToken.None);
    }

    public async Task AssertNobodyMissedAsync()
    {
        Assert.All(Everybody, person => Assert.Equal(1, person.Messages));
        Assert.Equal(0, await Sending.ValueAsync<long>(
            "select count(*) from delivery where alert_id is not null and state not in ('sent', 'superseded')"));
    }

    /// <summary>Checks that the next alert takes Signal for everybody, as they prefer.</summary>
    public async Task AssertSignalIsFirstAgainAsync()
    {
        await AlertAsync();
        Assert.All(Everybody, person => Assert.Equal(2, person.Messages));
        Assert.All(OnBoth, person => Assert.True(person.Telegram!.Messages.Count <= 1));
    }

    public Receiver NewReceiver() => new(Sending.Database, _channel, Sending.Time, Sending.Logs.For<Receiver>());

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
        var person = new Person(address?.Person ?? PersonId.New(), Role.Advocate, "en", DateTimeZone.Utc, IsFrozen: false)
        {
            Prefers = ChannelKind.Signal,
        };
        var signal = await Sending.InAsync(async session =>
        {
            if (address is null)
                await session.People.AddAsync(person);
            await session.People.UpdateAsync(person);
            return await session.Addresses.EnsureAsync(phone.Address, person.Id, isGroup: false, "en");
        });
        (hasTelegram ? OnBoth : OnlySignal).Add(new SignalPerson(phone, signal, telegram));
    }
}
