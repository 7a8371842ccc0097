using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Domain.Webhooks;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.IntegrationTests.Receiving;

/// <summary>What hangs on the number of somebody on file when their account is on file too: duty, silence, and who was told.</summary>
public sealed class NumberAndAccountOfOneTests
{
    private static readonly ChannelAddress Number = new(ChannelKind.Signal, "+15550100101");
    private static readonly ChannelAddress Account = new(ChannelKind.Signal, "0f0e0d0c-0b0a-4908-8706-050403020100");

    [PostgresFact]
    public async Task Their_duty_and_what_they_have_in_hand_is_with_nobody_who_is_gone()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (number, account) = await OnFileAsync(fixture, Role.Advocate, Role.Coordinator);
        var incident = await fixture.InAsync(async session =>
        {
            await session.OnCall.SaveAsync(new OnCallRota([number.Person!.Value]));
            await session.Webhooks.AddAsync(
                new Webhook(WebhookId.New(), new Uri("https://partner.example/hook"), "secret", [WebhookKind.Alert], session.Now)
                {
                    MadeBy = number.Person!.Value,
                });
            await session.OnCall.AddAsync(new Absence(
                AbsenceId.New(), number.Person!.Value, session.Now + Duration.FromDays(1), session.Now + Duration.FromDays(2)));
            return await AddIncidentAsync(session, number.Person!.Value);
        });

        await MoveAsync(fixture);

        var stays = account.Person!.Value;
        Assert.Equal([stays], (await fixture.InAsync(session => session.OnCall.RotaAsync())).People);
        Assert.Equal(stays, Assert.Single(await fixture.InAsync(session => session.OnCall.AbsencesAsync())).Person);
        Assert.Equal(incident, Assert.Single(await fixture.InAsync(session => session.Incidents.OfAsync(stays))).Id);
        // It is the same human's, and goes on.
        var webhook = Assert.Single(await fixture.InAsync(session => session.Webhooks.AllAsync())).Webhook!;
        Assert.Equal((stays, false), (webhook.MadeBy, webhook.IsOff));
        Assert.DoesNotContain(
            await fixture.InAsync(session => session.People.WithRoleAsync(Role.Advocate)), person => person.Id == number.Person!.Value);
    }

    [PostgresFact]
    public async Task A_number_that_is_gone_is_dark_and_is_no_group()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (number, account) = await OnFileAsync(fixture, Role.Coordinator, Role.Coordinator);
        var incident = await fixture.InAsync(async session =>
        {
            var id = await AddIncidentAsync(session, null);
            var alert = new Alert(
                AlertId.New(), null, AlertKind.IncidentTriage, Severity.Urgent, "test", "alert.manual", new Dictionary<string, string>(),
                session.Now);
            await session.Alerts.AddAsync(alert, id);
            // Told on both, under one reason: the number keeps its own.
            foreach (var to in new[] { number, account })
                await session.Outbox.AddAsync(new NewDelivery(
                    "test", to.Id, to.At.Channel, DeliveryPriority.Now, new OutgoingMessage(RichText.Of("Come")), RichText.Of("Again"), session.Now,
                    session.Now + Duration.FromDays(1))
                {
                    Alert = alert.Id,
                });
            return id;
        });
        await fixture.ExecuteAsync("update delivery set state = 'sent'");

        await MoveAsync(fixture);

        Assert.Equal(
            Refusal.Unregistered, (await fixture.InAsync(session => session.Addresses.FindAsync(number.Id)))!.DarkWhy);
        Assert.False(await fixture.InAsync(session => session.Incidents.IsToldBeyondCoordinatorsAsync(incident)));
    }

    [PostgresTheory]
    [InlineData(Refusal.Stopped, null, Refusal.Stopped)]
    [InlineData(Refusal.Stopped, Refusal.Blocked, Refusal.Stopped)]
    [InlineData(Refusal.Stopped, Refusal.KeyChanged, Refusal.KeyChanged)]
    [InlineData(Refusal.KeyChanged, null, Refusal.KeyChanged)]
    [InlineData(Refusal.KeyChanged, Refusal.Blocked, Refusal.KeyChanged)]
    [InlineData(Refusal.KeyChanged, Refusal.Stopped, Refusal.KeyChanged)]
    [InlineData(Refusal.Blocked, Refusal.Stopped, Refusal.Stopped)]
    [InlineData(Refusal.Blocked, null, null)]
    public async Task A_stop_and_a_key_that_nobody_checked_hold_whatever_else_the_account_is_dark_for(Refusal number, Refusal? account, Refusal? then)
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (first, second) = await OnFileAsync(fixture, Role.Advocate, Role.Advocate);
        await DarkenAsync(fixture, first, number);
        await DarkenAsync(fixture, second, account);

        await MoveAsync(fixture);

        Assert.Equal(then, (await fixture.InAsync(session => session.Addresses.FindAsync(second.Id)))!.DarkWhy);
        if (then != Refusal.KeyChanged)
            return;
        // Once somebody has checked the key, what was before it holds again: the stop above all.
        var change = (await fixture.InAsync(session => session.KeyChanges.FindAsync(second.Id)))!;
        await fixture.InAsync(session => session.KeyChanges.EndAsync(change));
        Refusal? before = number == Refusal.Stopped || account == Refusal.Stopped ? Refusal.Stopped : account;
        Assert.Equal(before, (await fixture.InAsync(session => session.Addresses.FindAsync(second.Id)))!.DarkWhy);
    }

    private static async Task DarkenAsync(SendingFixture fixture, Address address, Refusal? why)
    {
        if (why == Refusal.KeyChanged)
            await fixture.InAsync(session => session.KeyChanges.AddAsync(address.Id, isTrusted: false));
        else if (why is { } refusal)
            await fixture.InAsync(session => session.Addresses.DarkenAsync(address.Id, refusal));
    }

    private static Task<(Address Number, Address Account)> OnFileAsync(SendingFixture fixture, Role ofNumber, Role ofAccount) =>
        fixture.InAsync(async session => (await AddAsync(session, Number, ofNumber), await AddAsync(session, Account, ofAccount)));

    private static async Task<Address> AddAsync(Session session, ChannelAddress at, Role role)
    {
        var person = new Person(PersonId.New(), role, "en", DateTimeZone.Utc, IsFrozen: false);
        await session.People.AddAsync(person);
        return await session.Addresses.EnsureAsync(at, person.Id, isGroup: false, "en");
    }

    private static async Task<IncidentId> AddIncidentAsync(Session session, PersonId? takenBy)
    {
        var incident = new Incident(IncidentId.New(), IncidentCode.New(), null, ReportKind.Arrested, session.Now);
        await session.AskAsync(session.Incidents.AskToBegin(incident, ReportId.New()));
        await session.Incidents.SaveAsync(incident with
        {
            Handling = takenBy is null ? Handling.Open : Handling.Taken,
            TakenBy = takenBy,
            TakenAt = takenBy is null ? null : session.Now,
        });
        return incident.Id;
    }

    private static async Task MoveAsync(SendingFixture fixture)
    {
        await fixture.StoreAsync(new IncomingUpdate("moved", Number, ChatKind.Private, Account) { Change = new ChatChange.Moved(Account) });
        await fixture.NewWorker(new NoteCommand()).DrainAsync(CancellationToken.None);
        Assert.Equal("handled", await fixture.ValueAsync<string>("select state from incoming_message"));
    }
}
