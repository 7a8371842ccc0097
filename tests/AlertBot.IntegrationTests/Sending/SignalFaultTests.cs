using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>
/// Failures of Signal in the middle of a critical alert to forty people, half of whom have Telegram too. Nobody misses the alert, people with
/// Telegram have it within the policy's time, and Signal is used again once it works.
/// </summary>
public sealed class SignalFaultTests
{
    [PostgresFact]
    public async Task A_daemon_that_is_killed_in_the_middle_of_a_run_loses_nothing()
    {
        await using var run = await SignalRun.StartAsync(sandbox => sandbox.Signal.GoDown());

        await run.AlertAsync();
        Assert.Equal(SignalRun.Through, run.HaveIt);
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
        await using var run = await SignalRun.StartAsync(sandbox => sandbox.Signal.LimitFor(Duration.FromMinutes(10)));

        await run.AlertAsync();
        Assert.Equal(SignalRun.Through, run.HaveIt);
        await run.WaitForPolicyAsync();
        Assert.All(run.OnBoth, person => Assert.Equal(1, person.Messages));

        await run.SettleAsync(Duration.FromMinutes(11));
        await run.AssertNobodyMissedAsync();
        await run.AssertSignalIsFirstAgainAsync();
    }

    [PostgresFact]
    public async Task A_captcha_in_the_middle_of_an_alert_loses_nothing_and_operators_get_it_on_with_one_command()
    {
        await using var run = await SignalRun.StartAsync(sandbox => sandbox.Signal.RequireProof());

        await run.AlertAsync();
        Assert.Equal(SignalRun.Through, run.HaveIt);
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
        await using var run = await SignalRun.StartAsync(_ => { });
        run.Sandbox.Signal.Faults.Plan(new Fault.DropAfter(), "send", times: 3);

        await run.AlertAsync();
        await run.SettleAsync(Duration.FromMinutes(1));

        var twice = run.Everybody.Where(person => person.Messages > 1).ToList();
        Assert.Equal(3, twice.Count);
        Assert.All(twice, person =>
        {
            Assert.Equal(2, person.Messages);
            Assert.Contains(
                person.Phone.Messages, message => message.Text.StartsWith(
                    SendingFixture.Texts.Say("en", "alert.repeat").Plain, StringComparison.Ordinal));
        });
        Assert.All(run.Everybody.Except(twice), person => Assert.Equal(1, person.Messages));
    }

    [PostgresFact]
    public async Task A_changed_key_and_a_number_that_is_gone_delay_nobody_else()
    {
        await using var run = await SignalRun.StartAsync(_ => { });
        // A key counts as changed only for a messenger that knew the one before.
        await run.AlertAsync();
        run.OnBoth[3].Phone.ChangeKey();
        run.OnBoth[4].Phone.Unregister();
        run.OnlySignal[3].Phone.Unregister();

        await run.AlertAsync();
        await run.Sending.SendAsync();

        // A person whose key changed is told nothing anywhere until a coordinator has checked; the owner is told of it.
        Assert.All(run.Everybody.Except([run.OnBoth[3], run.OnlySignal[3]]), person => Assert.Equal(2, person.Messages));
        Assert.Contains("He was taken", Assert.Single(run.OnBoth[4].Telegram!.Messages).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "He was taken", string.Concat(run.OnBoth[3].Telegram!.Messages.Select(message => message.Text)), StringComparison.Ordinal);
        Assert.Contains(run.Owner.Messages, message => message.Text.Contains("a new key", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_stream_of_events_that_is_cut_fifty_times_loses_and_doubles_nothing()
    {
        const int cuts = 50;
        const int each = 6;
        await using var run = await SignalRun.StartAsync(_ => { });
        var phone = run.OnBoth[0].Phone;
        using var stop = new CancellationTokenSource();
        var receiving = run.NewReceiver().RunAsync(stop.Token);
        for (var cut = 0; cut < cuts; cut++)
        {
            for (var message = 0; message < each; message++)
                phone.SendText($"{cut}-{message}");
            var sent = (cut + 1) * each;
            // The cut comes sometimes before everything has arrived, sometimes after.
            if (cut % 2 == 0)
                await run.Sending.UntilAsync(async () => await run.StoredAsync() == sent, TimeSpan.FromMilliseconds(200));
            run.Sandbox.Signal.CutEvents();
            // A restarted program does not know what it had sent.
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
}
