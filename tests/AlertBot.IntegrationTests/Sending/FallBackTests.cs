using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>A person with accounts on two messengers is told on the preferred one, and on the other if that fails.</summary>
public sealed class FallBackTests
{
    private static readonly Duration Policy = IncidentPolicy.Usual.OtherChannelAfter;

    [PostgresFact]
    public async Task Each_person_is_told_on_one_messenger_first()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, telegram, signal) = await AddPersonAsync(sending);

        var alert = await RaiseAsync(sending, Severity.Critical, telegram, signal);
        await sending.SendAsync();

        Assert.Single(phone.Messages);
        Assert.Equal(1, await CountAsync(sending, alert));
    }

    [PostgresFact]
    public async Task Whoever_likes_another_messenger_best_is_told_there()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, telegram, signal) = await AddPersonAsync(sending, ChannelKind.Signal);

        var alert = await RaiseAsync(sending, Severity.Critical, telegram);
        await sending.SendAsync();

        Assert.Empty(phone.Messages);
        Assert.Equal("queued", (await sending.RowAsync(alert, signal)).State);
    }

    [PostgresFact]
    public async Task What_is_urgent_and_does_not_leave_goes_to_the_other_account_after_the_time_of_the_policy()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, telegram, signal) = await AddPersonAsync(sending);
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "sendMessage", times: 1000);
        var alert = await RaiseAsync(sending, Severity.Urgent, telegram);
        await sending.SendAsync();

        await FallBackAsync(sending, Policy - Duration.FromSeconds(1));
        Assert.Equal(1, await CountAsync(sending, alert));

        await FallBackAsync(sending, Duration.FromSeconds(2));
        Assert.Equal("queued", (await sending.RowAsync(alert, signal)).State);

        await FallBackAsync(sending, Duration.FromHours(1));
        Assert.Equal(2, await CountAsync(sending, alert));
    }

    [PostgresFact]
    public async Task What_can_wait_does_wait()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, telegram, _) = await AddPersonAsync(sending);
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "sendMessage", times: 1000);
        var alert = await RaiseAsync(sending, Severity.Notice, telegram);

        await sending.SendAsync();
        await FallBackAsync(sending, Duration.FromHours(1));

        Assert.Equal(1, await CountAsync(sending, alert));
    }

    [PostgresFact]
    public async Task Once_the_other_account_has_it_the_first_one_is_not_tried_any_more()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, telegram, signal) = await AddPersonAsync(sending);
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "sendMessage");
        var alert = await RaiseAsync(sending, Severity.Critical, telegram);
        await sending.SendAsync();
        await FallBackAsync(sending, Policy + Duration.FromSeconds(1));

        await sending.SendAsync(Signal(sending));
        await sending.SendAfterAsync(Duration.FromMinutes(5));

        Assert.Equal(("superseded", "sent"), ((await sending.RowAsync(alert, telegram)).State, (await sending.RowAsync(alert, signal)).State));
        Assert.Empty(phone.Messages);
    }

    [PostgresFact]
    public async Task An_account_that_is_gone_hands_over_at_once_all_that_waits_for_it()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, telegram, signal) = await AddPersonAsync(sending);
        var first = await RaiseAsync(sending, Severity.Critical, telegram);
        var second = await RaiseAsync(sending, Severity.Notice, telegram);
        phone.BlockBot();

        await sending.SendAsync();

        Assert.Equal("failed", (await sending.RowAsync(first, telegram)).State);
        Assert.Equal("queued", (await sending.RowAsync(first, signal)).State);
        Assert.Equal("queued", (await sending.RowAsync(second, signal)).State);
    }

    [PostgresFact]
    public async Task A_message_that_both_accounts_refuse_is_tried_on_each_once_and_told()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, telegram, signal) = await AddPersonAsync(sending);
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        sending.Sandbox.Faults.Plan(new Fault.Error(400, "Bad Request: can't parse entities"), "sendMessage");
        var alert = await RaiseAsync(sending, Severity.Critical, telegram);

        await sending.SendAsync();
        Assert.Empty(coordinator.Messages);
        var refusing = new ScriptedChannel(sending.Telegram) { Kind = ChannelKind.Signal };
        refusing.Next = (_, _) => Task.FromResult<SendResult>(new SendResult.Refused(Refusal.BadMessage));
        await sending.SendAsync(refusing);
        await sending.SendAsync();

        Assert.Equal(1, refusing.Sent);
        Assert.Equal(("failed", "failed"), ((await sending.RowAsync(alert, telegram)).State, (await sending.RowAsync(alert, signal)).State));
        Assert.Single(coordinator.Messages);
    }

    [PostgresFact]
    public async Task A_first_account_that_fails_for_good_after_the_other_did_is_told()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, telegram, _) = await AddPersonAsync(sending);
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "sendMessage");
        await RaiseAsync(sending, Severity.Critical, telegram);
        await sending.SendAsync();
        await FallBackAsync(sending, Policy + Duration.FromSeconds(1));
        var refusing = new ScriptedChannel(sending.Telegram) { Kind = ChannelKind.Signal };
        refusing.Next = (_, _) => Task.FromResult<SendResult>(new SendResult.Refused(Refusal.BadMessage));
        await sending.SendAsync(refusing);
        Assert.Empty(coordinator.Messages);

        sending.Sandbox.Faults.Plan(new Fault.Error(400, "Bad Request: can't parse entities"), "sendMessage");
        await sending.SendAfterAsync(Duration.FromMinutes(1));
        await sending.SendAsync();

        Assert.Single(coordinator.Messages);
    }

    [PostgresFact]
    public async Task Once_the_first_account_has_it_after_all_the_other_one_does_not_get_it()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, telegram, signal) = await AddPersonAsync(sending);
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "sendMessage");
        var alert = await RaiseAsync(sending, Severity.Critical, telegram);
        await sending.SendAsync();
        await FallBackAsync(sending, Policy + Duration.FromSeconds(1));

        await sending.SendAsync();

        Assert.Single(phone.Messages);
        Assert.Equal(("sent", "superseded"), ((await sending.RowAsync(alert, telegram)).State, (await sending.RowAsync(alert, signal)).State));
    }

    [PostgresFact]
    public async Task What_changed_meanwhile_is_what_the_other_account_gets()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, telegram, signal) = await AddPersonAsync(sending);
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "sendMessage");
        var alert = await RaiseAsync(sending, Severity.Critical, telegram);
        await sending.SendAsync();
        var original = await sending.ValueAsync<Guid>("select id from delivery where alert_id = @Value", new { alert.Value });
        await sending.AddAsync(telegram, "Taken by 4KW", but: one => one with { Edits = new DeliveryId(original) });

        await FallBackAsync(sending, Policy + Duration.FromSeconds(1));
        var sent = new List<string>();
        await sending.SendAsync(Signal(sending, sent));

        Assert.Equal("Taken by 4KW", Assert.Single(sent));
    }

    private static async Task FallBackAsync(SendingFixture sending, Duration later)
    {
        sending.Clock.Advance(later);
        var job = new FallBack(sending.Database, sending.Get<SendElsewhere>(), IncidentPolicy.Usual, sending.Logs.For<FallBack>());
        await job.RunAsync(CancellationToken.None);
    }

    private static Task<int> CountAsync(SendingFixture sending, AlertId alert) =>
        sending.ValueAsync<int>("select count(*)::int from delivery where alert_id = @Value", new { alert.Value });

    private static Task<AlertId> RaiseAsync(SendingFixture sending, Severity severity, params Address[] to) => sending.InAsync(async session =>
    {
        var draft = new AlertDraft(
            null, new AlertKind("manual"), severity, $"test:{Guid.NewGuid():N}",
            new Line("alert.manual", ("code", "K-7F3Q"), ("text", "He was taken.")));
        var people = to.Select(one => one.Person!.Value).Distinct().ToList();
        var subscribers = (await session.Addresses.OpenOfAsync(people)).Where(one => to.Any(address => address.Id == one.Address)).ToList();
        await sending.Get<Alerts>().RaiseAsync(session, draft, subscribers);
        return draft.Id;
    });

    private static async Task<(SandboxPhone Phone, Address Telegram, Address Signal)> AddPersonAsync(
        SendingFixture sending, ChannelKind? prefers = null)
    {
        var (phone, telegram) = await sending.AddPersonAsync();
        // The older account comes first.
        sending.Time.Advance(Duration.FromSeconds(1));
        var signal = await sending.InAsync(async session =>
        {
            var person = await session.People.FindAsync(telegram.Person!.Value);
            await session.People.UpdateAsync(person! with { Prefers = prefers });
            return await session.Addresses.EnsureAsync(new ChannelAddress(ChannelKind.Signal, "+77010000001"), person.Id, isGroup: false, "en");
        });
        return (phone, telegram, signal);
    }

    private static ScriptedChannel Signal(SendingFixture sending, List<string>? sent = null)
    {
        var channel = new ScriptedChannel(sending.Telegram) { Kind = ChannelKind.Signal };
        channel.Next = (_, message) =>
        {
            sent?.Add(message.Text.Plain);
            return Task.FromResult<SendResult>(new SendResult.Sent(new MessageRef("1")));
        };
        return channel;
    }
}
