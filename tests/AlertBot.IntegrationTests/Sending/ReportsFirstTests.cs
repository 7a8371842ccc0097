using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.IntegrationTests.Receiving;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>When many report at once, all who must hear of it are told before the first witness is thanked.</summary>
public sealed class ReportsFirstTests
{
    private static readonly ChannelAddress Witness = new(ChannelKind.Telegram, "7001");

    [PostgresFact]
    public async Task While_words_are_being_read_alerts_leave_and_answers_wait()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (advocate, alerted) = await fixture.AddPersonAsync();
        var (other, thanked) = await fixture.AddPersonAsync();
        await fixture.StoreAsync(Says("they took my brother"));
        await fixture.AddAsync(thanked, "Thank you", DeliveryPriority.Answer);
        await fixture.AddAsync(alerted, "He was taken");

        await using var running = fixture.Running();
        // The first message leaves before any time passes.
        await SendingFixture.UntilStillAsync(() => advocate.Messages.Count > 0);
        var later = fixture.Now + Duration.FromMilliseconds(400);
        await fixture.UntilAsync(() => fixture.Now >= later);

        Assert.Empty(other.Messages);
        var since = fixture.Now;
        await fixture.NewWorker(new NoteCommand()).DrainAsync(CancellationToken.None);
        await fixture.UntilAsync(() => other.Messages.Count > 0, TimeSpan.FromMilliseconds(1));
        Assert.InRange((fixture.Now - since).TotalSeconds, 0, 1);
    }

    [PostgresFact]
    public async Task An_answer_does_not_wait_for_long_however_much_comes_in()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (other, thanked) = await fixture.AddPersonAsync();
        await fixture.AddAsync(thanked, "Thank you", DeliveryPriority.Answer);
        var since = fixture.Now;
        var count = 0;

        await using var running = fixture.Running();
        await fixture.UntilAsync(async () =>
        {
            // Nobody reads them, and each of them is new.
            await fixture.StoreAsync(Says("they took my brother " + ++count) with { Key = $"{count}" });
            return other.Messages.Count > 0;
        });

        Assert.InRange((fixture.Now - since).TotalSeconds, 1.5, 30);
    }

    [PostgresFact]
    public async Task What_was_written_for_later_and_is_due_now_does_not_wait_for_long_either()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (other, reminded) = await fixture.AddPersonAsync();
        var later = fixture.Now + Duration.FromHours(1);
        await fixture.AddAsync(
            reminded, "A reminder", DeliveryPriority.Reminder, one => one with { NotBefore = later, ExpiresAt = later + Duration.FromDays(1) });
        await fixture.InAsync(session => session.Outbox.HoldUntilAsync(reminded.Person!.Value, fixture.Now));
        var since = fixture.Now;
        var count = 0;

        await using var running = fixture.Running();
        await fixture.UntilAsync(async () =>
        {
            await fixture.StoreAsync(Says("they took my brother " + ++count) with { Key = $"{count}" });
            return other.Messages.Count > 0;
        });

        Assert.InRange((fixture.Now - since).TotalSeconds, 1.5, 30);
    }

    [PostgresFact]
    public async Task A_bare_command_makes_no_answer_wait()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (other, thanked) = await fixture.AddPersonAsync();
        await fixture.StoreAsync(Says("/help"));
        await fixture.AddAsync(thanked, "Thank you", DeliveryPriority.Answer);

        await using var running = fixture.Running();
        // No time passes.
        await SendingFixture.UntilStillAsync(() => other.Messages.Count > 0);

        Assert.Equal(1, await fixture.WaitingAsync());
    }

    private static IncomingUpdate Says(string text) => new("1", Witness, ChatKind.Private, Witness) { Text = text, Message = new MessageRef("1") };
}
