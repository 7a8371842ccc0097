using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>A clock that was ahead and goes back holds no alert.</summary>
public sealed class ClockTests
{
    private const string WentBack = "The clock went back";
    private static readonly Duration Day = Duration.FromDays(1), Moment = Duration.FromSeconds(1);

    [PostgresFact]
    public async Task What_was_raised_while_it_was_ahead_leaves_at_once()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        sending.Clock.Advance(Day);
        await sending.RaiseAsync(Severity.Critical, "Come", address);
        sending.Clock.Advance(-Day);

        await using var running = sending.Running();

        await sending.UntilAsync(() => phone.Messages.Count > 0);
        Assert.True(sending.Now < Instant.FromUtc(2026, 3, 2, 12, 1));
        Assert.Contains(WentBack, sending.Logs.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_another_node_raised_a_moment_ago_is_not_from_the_future()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        sending.Clock.Advance(0.5 * Moment);
        await sending.RaiseAsync(Severity.Critical, "Come", address);
        sending.Clock.Advance(-0.5 * Moment);

        await using var running = sending.Running();

        await sending.UntilAsync(() => phone.Messages.Count > 0, TimeSpan.FromMilliseconds(10));
        Assert.DoesNotContain(WentBack, sending.Logs.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_was_refused_while_it_was_ahead_is_tried_again_soon_also_by_the_node_that_sends()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        await using var running = sending.Running(withWakeups: true);
        await sending.UntilIdleAsync();
        sending.Clock.Advance(Day);
        await RefuseAsync(sending, Severity.Critical, "Come", address);
        sending.Clock.Advance(-Day);

        await sending.UntilAsync(() => phone.Messages.Count > 0, TimeSpan.FromMilliseconds(200));
        Assert.True(sending.Now < Instant.FromUtc(2026, 3, 2, 12, 1));
    }

    [PostgresFact]
    public async Task What_was_raised_before_it_went_back_comes_before_what_is_raised_since()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        await using var running = sending.Running(withWakeups: true);
        await sending.UntilIdleAsync();
        sending.Clock.Advance(Day);
        // The node that sends has looked once while it was ahead.
        sending.Time.Advance(TimeSpan.FromSeconds(3));
        await sending.UntilIdleAsync();
        await RefuseAsync(sending, Severity.Urgent, "Before", address);
        sending.Clock.Advance(-Day);
        await sending.RaiseAsync(Severity.Urgent, "Since", address);

        // They may share a message.
        string Shown() => string.Join('\n', phone.Messages.Select(message => message.Text));
        await sending.UntilAsync(
            () => Shown() is var shown && shown.Contains("Before", StringComparison.Ordinal) && shown.Contains("Since", StringComparison.Ordinal),
            TimeSpan.FromMilliseconds(200));

        Assert.Matches("(?s)Before.*Since", Shown());
    }

    [PostgresFact]
    public async Task What_is_planned_for_later_waits_for_its_time()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        await sending.AddAsync(address, "Later", but: one => one with { NotBefore = sending.Now + Day });
        await using var running = sending.Running(withWakeups: true);
        await sending.UntilIdleAsync();

        sending.Time.Advance(TimeSpan.FromMinutes(1));
        await sending.UntilWaitingAsync(1);

        Assert.Empty(phone.Messages);
    }

    private static async Task RefuseAsync(SendingFixture sending, Severity severity, string text, Address to)
    {
        sending.Sandbox.Faults.Plan(new Fault.Error(500, "Internal Server Error"));
        var alert = await sending.RaiseAsync(severity, text, to);
        await sending.SendAsync();
        // The node that runs may have been quicker.
        await SendingFixture.UntilStillAsync(async () => (await sending.RowAsync(alert)).State == "retry");
        await sending.UntilIdleAsync();
    }
}
