using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Incidents;

/// <summary>A bot, a case, a coordinator, an advocate who follows the case, and a report of it. The test adds what happens then.</summary>
internal sealed class IncidentNight : IAsyncDisposable
{
    private IncidentNight(RunningBot bot) => Bot = bot;

    public RunningBot Bot { get; }

    public required SandboxPhone Coordinator { get; init; }

    public required SandboxPhone Advocate { get; init; }

    public required SandboxPhone Reporter { get; init; }

    public required CaseFile Case { get; init; }

    public Incident Incident { get; private set; } = null!;

    public static async Task<IncidentNight> BeginAsync(bool reportAtOnce = true)
    {
        var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var advocate = await bot.AddAsync(Role.Advocate, "Dana");
        var reporter = await bot.AddAsync(Role.Reporter, "Witness");
        var night = new IncidentNight(bot)
        {
            Coordinator = coordinator,
            Advocate = advocate,
            Reporter = reporter,
            Case = await bot.OpenCaseAsync("Testbay Invented"),
        };
        await night.FollowAsync(advocate);
        if (reportAtOnce)
            await night.ReportAsync();
        return night;
    }

    public async Task FollowAsync(SandboxPhone phone) => await Bot.ActAsync(async session =>
        await session.Subscriptions.AddAsync(Case.Id, (await session.Addresses.FindAsync(phone.Address))!.Id, null));

    public async Task<SandboxPhone> AddFollowerAsync(string name)
    {
        var phone = await Bot.AddAsync(Role.Advocate, name);
        await FollowAsync(phone);
        return phone;
    }

    public async Task ReportAsync(string words = "they took Testbay", string who = "Invented Testbay", ReportKind kind = ReportKind.Arrested)
    {
        Incident = await Bot.ActAsync(async session =>
        {
            var from = (await session.Addresses.FindAsync(Reporter.Address))!;
            var content = new ReportContent { Who = who, Kind = kind, Where = "Almaty", Words = [words] };
            var id = await session.Reports.BeginAsync(from.Id, "en", content);
            await Bot.Get<SendReport>().RunAsync(session, (await session.Reports.FindAsync(id))!, isIncomplete: false, CancellationToken.None);
            return (await session.Incidents.FindAsync((await session.Reports.FindAsync(id))!.Incident!.Value))!;
        });
        await Bot.SettleAsync();
    }

    /// <summary>Advances the clock in steps as short as the job's own, and runs what is due.</summary>
    public async Task PassAsync(Duration time)
    {
        for (var left = time; left > Duration.Zero; left -= Duration.FromMinutes(1))
        {
            Bot.Clock.Advance(Duration.Min(left, Duration.FromMinutes(1)));
            await WatchAsync();
        }

        await Bot.SettleAsync();
    }

    /// <summary>Advances the clock while nothing runs.</summary>
    public async Task PassInOutageAsync(Duration time)
    {
        Bot.Clock.Advance(time);
        await WatchAsync();
        await Bot.SettleAsync();
    }

    public async Task WatchAsync()
    {
        await Bot.Get<IncidentWatch>().RunAsync(CancellationToken.None);
        Bot.Get<Wakeups>().Raise(Wakeups.Outbox);
    }

    public Task<Incident> NowAsync() => Bot.ActAsync(async session => (await session.Incidents.FindAsync(Incident.Id))!);

    public async Task<PersonId> PersonAsync(SandboxPhone phone) =>
        (await Bot.ActAsync(async session => (await session.Addresses.FindAsync(phone.Address))!)).Person!.Value;

    public async Task JoinRotaAsync(params SandboxPhone[] phones)
    {
        var people = new List<PersonId>();
        foreach (var phone in phones)
            people.Add(await PersonAsync(phone));
        await Bot.ActAsync(async session =>
        {
            await session.OnCall.SaveAsync(new OnCallRota(people));
            return true;
        });
    }

    /// <summary>The incident's cards in a chat, in their current form.</summary>
    public IReadOnlyList<SandboxMessage> CardsOf(SandboxPhone phone) =>
        phone.Messages.Where(message => message.IsFromBot && message.Text.Contains(Incident.Code.Text, StringComparison.Ordinal)).ToList();

    /// <summary>Presses a button of the newest card, and gives the notice once everything is handled and sent.</summary>
    public async Task<string?> PressAsync(SandboxPhone phone, string button)
    {
        var card = CardsOf(phone).Last(message => message.AllButtons.Any(one => one.Text == button));
        var notice = await RunningBot.NoticeOfAsync(phone, card, button);
        await Bot.SettleAsync();
        return notice;
    }

    public ValueTask DisposeAsync() => Bot.DisposeAsync();
}
