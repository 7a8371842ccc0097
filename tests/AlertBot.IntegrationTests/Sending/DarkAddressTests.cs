using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>Somebody is told of an unreachable address, until a message arrives there again.</summary>
public sealed class DarkAddressTests
{
    [PostgresTheory]
    [InlineData("blocked", "blocked", "the bot was blocked")]
    [InlineData("deactivated", "deactivated", "deleted")]
    [InlineData("never started", "chat_not_found", "")]
    [InlineData("kicked", "kicked", "removed")]
    [InlineData("deleted group", "kicked", "removed")]
    [InlineData("muted", "no_rights", "")]
    [InlineData("closed topic", "topic_closed", "")]
    [InlineData("deleted topic", "topic_closed", "")]
    public async Task An_address_that_takes_nothing_more_goes_dark_and_a_coordinator_is_told(string what, string outcome, string words)
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var (other, otherAddress) = await sending.AddPersonAsync();
        var address = await UnreachableAsync(sending, what);
        var @case = await sending.AddCaseAsync(address, otherAddress);
        var alert = await sending.RaiseAsync(Severity.Urgent, "Come", @case, address, otherAddress);
        var later = await sending.AddAsync(
            address, "Later", DeliveryPriority.Digest, one => one with { NotBefore = sending.Now + Duration.FromHours(1) });

        await sending.SendAsync();

        var row = await sending.RowAsync(alert, address);
        // Its words wait for an owner who sends it again.
        Assert.Equal(("failed", outcome, true, true), (row.State, row.Outcome, row.HasBody, row.IsOver));
        Assert.Equal(("failed", outcome), ((await sending.RowAsync(later)).State, (await sending.RowAsync(later)).Outcome));
        Assert.Equal("sent", (await sending.RowAsync(alert, otherAddress)).State);
        Assert.Single(other.Messages);
        Assert.Equal(outcome, await sending.ValueAsync<string>("select dark_why from address where id = @Value", new { address.Id.Value }));
        var told = Assert.Single(coordinator.Messages);
        Assert.Contains(words, told.Text, StringComparison.Ordinal);

        // An address that went dark is told once, and later messages are not even tried.
        await sending.RaiseAsync(Severity.Urgent, "Again", @case, address);
        await sending.SendAfterAsync(Duration.FromHours(2));
        Assert.Single(coordinator.Messages);
    }

    [PostgresFact]
    public async Task A_coordinator_who_went_dark_is_not_told_of_it_but_the_others_are()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (gone, address) = await sending.AddPersonAsync(Role.Coordinator);
        var (owner, _) = await sending.AddPersonAsync(Role.Owner);
        gone.BlockBot();
        await sending.RaiseAsync(Severity.Urgent, "Come", address);

        await sending.SendAsync();

        Assert.Empty(gone.Messages);
        Assert.Single(owner.Messages);
    }

    [PostgresFact]
    public async Task A_reporter_may_leave_and_nobody_is_told()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var (reporter, address) = await sending.AddPersonAsync(Role.Reporter);
        reporter.BlockBot();
        var answer = await sending.AddAsync(address, "Thank you");

        await sending.SendAsync();

        Assert.Equal("failed", (await sending.RowAsync(answer)).State);
        Assert.Empty(coordinator.Messages);
    }

    [PostgresFact]
    public async Task A_message_that_arrives_at_an_address_thought_dark_opens_it()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (group, address) = await sending.AddGroupAsync();
        await sending.InAsync(session => session.Addresses.DarkenAsync(address.Id, Refusal.NoRights));
        await sending.AddAsync(address, "An answer to a command");

        await sending.SendAsync();

        Assert.Single(group.Messages);
        Assert.False((await sending.InAsync(session => session.Addresses.FindAsync(address.Id)))!.IsDark);
    }

    [PostgresTheory]
    [InlineData("muted")]
    [InlineData("muted basic group")]
    [InlineData("closed topic")]
    public async Task What_was_shut_and_opened_again_without_a_word_hears_the_next_urgent_alert(string what)
    {
        await using var sending = await SendingFixture.StartAsync();
        await sending.AddPersonAsync(Role.Coordinator);
        var (group, address) = await sending.AddGroupAsync(
            isBasic: what == "muted basic group", topic: what == "closed topic" ? "Cases" : null);
        var @case = await sending.AddCaseAsync(address);
        void Shut(bool isShut)
        {
            if (what == "closed topic")
                group.CloseTopic(long.Parse(address.At.Value.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture), isShut);
            else
                group.Mute(isShut);
        }

        Shut(true);
        await sending.RaiseAsync(Severity.Urgent, "first", @case, address);
        await sending.SendAsync();
        Assert.True((await sending.InAsync(session => session.Addresses.FindAsync(address.Id)))!.IsDark);
        Shut(false);
        await sending.RaiseAsync(Severity.Urgent, "second", @case);
        await sending.SendAfterAsync(Duration.FromMinutes(1));

        Assert.Contains(group.Messages, message => message.IsFromBot && message.Text.Contains("second", StringComparison.Ordinal));
        Assert.False((await sending.InAsync(session => session.Addresses.FindAsync(address.Id)))!.IsDark);
    }

    private static async Task<Address> UnreachableAsync(SendingFixture sending, string what)
    {
        var admin = sending.Sandbox.AddPerson("Admin");
        switch (what)
        {
            case "blocked":
                var (blocking, blocked) = await sending.AddPersonAsync();
                blocking.BlockBot();
                return blocked;
            case "deactivated":
                var (deleted, address) = await sending.AddPersonAsync();
                deleted.Deactivate();
                return address;
            case "never started":
                var stranger = sending.Sandbox.AddPerson("Stranger", hasStarted: false);
                var person = new Person(PersonId.New(), Role.Advocate, "en", DateTimeZone.Utc, IsFrozen: false);
                return await sending.InAsync(async session =>
                {
                    await session.People.AddAsync(person);
                    return await session.Addresses.EnsureAsync(stranger.Address, person.Id, isGroup: false, "en");
                });
            case "closed topic" or "deleted topic":
                var (forum, topic) = await sending.AddGroupAsync(topic: "Cases");
                var thread = long.Parse(topic.At.Value.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture);
                if (what == "closed topic")
                    forum.CloseTopic(thread);
                else
                    forum.DeleteTopic(thread);
                return topic;
            default:
                var (group, place) = await sending.AddGroupAsync();
                if (what == "kicked")
                    group.RemoveBot(admin);
                else if (what == "deleted group")
                    group.Delete();
                else
                    group.Mute();
                return place;
        }
    }
}
