using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>Somebody who can write to the database can destroy, but neither forge messages nor stop what others are told.</summary>
public sealed class DamageTests
{
    [PostgresTheory]
    [InlineData("body = set_byte(body, 30, get_byte(body, 30) # 1)")]
    [InlineData("body = (select d.body from delivery d where d.id <> delivery.id order by d.seq desc limit 1)")]
    [InlineData("body = null")]
    [InlineData("body = ''")]
    public async Task A_delivery_that_was_tampered_with_fails_alone_and_a_coordinator_is_told(string tampering)
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var (phone, address) = await sending.AddPersonAsync();
        var (other, otherAddress) = await sending.AddPersonAsync();
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", address, otherAddress);
        await sending.ExecuteAsync($"update delivery set {tampering} where address_id = @Value", new { address.Id.Value });

        await sending.SendAsync();

        Assert.Empty(phone.Messages);
        Assert.Single(other.Messages);
        var row = await sending.RowAsync(alert, address);
        Assert.Equal(("failed", "unreadable", true), (row.State, row.Outcome, row.IsOver));
        Assert.Single(coordinator.Messages);
    }

    [PostgresFact]
    public async Task A_coordinator_s_address_that_was_tampered_with_does_not_keep_the_others_from_being_told()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, damaged) = await sending.AddPersonAsync(Role.Coordinator);
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var (phone, address) = await sending.AddPersonAsync();
        await sending.ExecuteAsync(
            "update address set value = set_byte(value, 30, get_byte(value, 30) # 1) where id = @Value", new { damaged.Id.Value });
        phone.BlockBot();
        await sending.RaiseAsync(Severity.Critical, "Come", address);

        await sending.SendAsync();

        Assert.Contains(coordinator.Messages, message => message.Text.Contains("the bot was blocked", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Facts_of_an_alert_that_were_tampered_with_do_not_matter_to_its_delivery()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var (phone, address) = await sending.AddPersonAsync();
        await sending.RaiseAsync(Severity.Critical, "Come", address);
        await sending.ExecuteAsync("update alert set facts = ''");
        await sending.ExecuteAsync("update delivery set body = ''");

        await sending.SendAsync();

        Assert.Empty(phone.Messages);
        Assert.Single(coordinator.Messages);
    }
}
