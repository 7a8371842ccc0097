using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>A correction reaches exactly the people who have the wrong message: as an edit if possible, else as a message.</summary>
public sealed class EditTests
{
    [PostgresFact]
    public async Task A_message_is_changed_in_place()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var first = await sending.AddAsync(address, "Who goes?");
        await sending.SendAsync();
        var edit = await EditAsync(sending, address, first, "Taken");

        await sending.SendAsync();

        Assert.Equal("Taken", Assert.Single(phone.Messages).Text);
        Assert.Equal("sent", (await sending.RowAsync(edit)).State);
    }

    [PostgresFact]
    public async Task A_change_waits_for_a_message_that_is_still_on_its_way()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "sendMessage");
        var first = await sending.AddAsync(address, "Who goes?", DeliveryPriority.Reminder);
        var edit = await EditAsync(sending, address, first, "Taken");

        await sending.SendAsync();
        Assert.Equal(("retry", "queued"), ((await sending.RowAsync(first)).State, (await sending.RowAsync(edit)).State));

        await sending.SendAfterAsync(Duration.FromSeconds(10));
        Assert.Equal("Taken", Assert.Single(phone.Messages).Text);
        Assert.NotNull(phone.Messages[0].EditedAt);
    }

    [PostgresFact]
    public async Task A_change_of_a_message_that_never_arrived_is_dropped()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.Error(400, "Bad Request: can't parse entities"), "sendMessage");
        var first = await sending.AddAsync(address, "Who goes?");
        var edit = await EditAsync(sending, address, first, "Taken");

        await sending.SendAsync();

        Assert.Empty(phone.Messages);
        Assert.Equal(("failed", "superseded"), ((await sending.RowAsync(first)).State, (await sending.RowAsync(edit)).State));
    }

    [PostgresFact]
    public async Task What_cannot_be_changed_any_more_is_said_in_a_new_message()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var first = await sending.AddAsync(address, "Who goes?");
        await sending.SendAsync();
        phone.Delete(phone.Messages[0].Id);
        var edit = await EditAsync(sending, address, first, "Taken");

        await sending.SendAsync();

        Assert.Equal("Taken", Assert.Single(phone.Messages).Text);
        Assert.Equal(("sent", phone.Messages[0].Id.ToString()), ((await sending.RowAsync(edit)).State, (await sending.RowAsync(edit)).MessageRef));
    }

    [PostgresFact]
    public async Task The_message_whose_button_was_pressed_is_changed_by_the_channel_s_own_reference()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        await sending.AddAsync(address, "Who goes?");
        await sending.SendAsync();

        await sending.AddAsync(address, "You go", but: one => one with { EditsMessage = new MessageRef(phone.Messages[0].Id.ToString()) });
        await sending.SendAsync();

        Assert.Equal("You go", Assert.Single(phone.Messages).Text);
    }

    [PostgresFact]
    public async Task A_change_that_is_too_long_for_one_message_goes_on_in_others()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var text = string.Concat(Enumerable.Range(1, 500).Select(number => $"Line {number} of it.\n")).TrimEnd();
        var first = await sending.AddAsync(address, "Who goes?");
        await sending.SendAsync();
        var edit = await EditAsync(sending, address, first, text);

        await sending.SendAsync();

        Assert.Equal(text, string.Join('\n', phone.Messages.Select(message => message.Text)));
        Assert.NotNull(phone.Messages[0].EditedAt);
        Assert.Equal("sent", (await sending.RowAsync(edit)).State);
    }

    [PostgresFact]
    public async Task A_change_whose_answer_was_lost_is_made_again_and_needs_no_note()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var first = await sending.AddAsync(address, "Who goes?");
        await sending.SendAsync();
        sending.Sandbox.Faults.Plan(new Fault.DropAfter(), "editMessageText", times: 3);
        var edit = await EditAsync(sending, address, first, "Taken");

        for (var attempt = 0; attempt < 4; attempt++)
            await sending.SendAfterAsync(Duration.FromMinutes(1));

        Assert.Equal("Taken", Assert.Single(phone.Messages).Text);
        Assert.Equal("sent", (await sending.RowAsync(edit)).State);
    }

    private static Task<DeliveryId> EditAsync(SendingFixture sending, Address to, DeliveryId edited, string text) =>
        sending.AddAsync(to, text, but: one => one with { Edits = edited });
}
