using System.Text;
using AlertBot.Channels.Signal;
using AlertBot.Domain.Alerts;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Stores;
using AlertBot.Sandbox;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <content>When they are shown, and what a message holds.</content>
public sealed partial class BundleTests
{
    private const string Words = " Taken by four men in plain clothes near the market.";

    [PostgresFact]
    public async Task A_hundred_alerts_to_a_group_are_all_there_in_five_seconds_one_message_a_second_critical_ones_first_and_alone()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (group, address) = await sending.AddGroupAsync();
        await using var running = sending.Running(withWakeups: true);
        await sending.UntilIdleAsync();

        var all = await RaiseAsync(sending, address, Words, (Severity.Urgent, 97), (Severity.Critical, 3));
        var came = await PassAsync(sending, () => group.Messages.Count, () => SentAsync(sending, all));

        var messages = group.Messages.ToList();
        Assert.Equal(5, messages.Count);
        Assert.All(messages.Take(3), message => Assert.Contains("critical", Assert.Single(Numbers(message)), StringComparison.Ordinal));
        Assert.Equal(97, messages.Skip(3).SelectMany(Numbers).Distinct().Count());
        Assert.Equal(97, messages.Skip(3).SelectMany(message => message.AllButtons).Select(button => button.Data).Distinct().Count());
        Assert.All(messages.Skip(3), message => Assert.Equal(Numbers(message).Count() + 1, message.Entities.Count));
        Assert.All(messages, HoldsWhatTelegramShows);
        Assert.InRange(came[^1].TotalSeconds, 4, 5);
        Assert.All(came.Zip(came.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 1, 1.2));
    }

    [PostgresFact]
    public async Task Where_the_lesser_ones_would_come_too_late_the_critical_ones_share_the_first_message_in_any_script()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync(language: "kaa-Cyrl");
        await using var running = sending.Running(withWakeups: true);
        await sending.UntilIdleAsync();

        var all = await RaiseAsync(
            sending, address, " Базардың қасында әдеттеги кийимдеги төрт адам услап кетти, үйине кирип, телефон ҳәм ҳүжжетлерин алды, ағасын да.",
            (Severity.Urgent, 97), (Severity.Critical, 3));
        var came = await PassAsync(sending, () => phone.Messages.Count, () => SentAsync(sending, all));

        var messages = phone.Messages.ToList();
        Assert.Equal(["critical 1", "critical 2", "critical 3"], Numbers(messages[0]));
        Assert.Equal(97, messages.Skip(1).SelectMany(Numbers).Count(number => number.StartsWith("urgent", StringComparison.Ordinal)));
        Assert.Equal(100, messages.SelectMany(message => message.AllButtons).Select(button => button.Data).Distinct().Count());
        Assert.All(messages, HoldsWhatTelegramShows);
        Assert.InRange(came[^1].TotalSeconds, 0, 5);
    }

    [PostgresFact]
    public async Task What_comes_while_others_are_on_their_way_goes_with_the_next_and_no_few_are_left_for_messages_of_their_own()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (group, address) = await sending.AddGroupAsync();
        await using var running = sending.Running(withWakeups: true);
        await sending.UntilIdleAsync();

        var all = (await RaiseAsync(sending, address, Words, (Severity.Urgent, 1))).ToList();
        await SendingFixture.UntilStillAsync(() => group.Messages.Count == 1);
        all.AddRange(await RaiseAsync(sending, address, Words, (Severity.Urgent, 59)));
        var came = await PassAsync(sending, () => group.Messages.Count, () => SentAsync(sending, all));

        Assert.Equal(3, group.Messages.Count);
        Assert.Equal(60, group.Messages.Sum(message => Numbers(message).Count()));
        Assert.InRange(came[^1].TotalSeconds, 2, 2.4);
    }

    [PostgresFact]
    public async Task A_long_one_among_many_is_told_whole_and_so_is_a_change_of_what_was_told_before()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var card = await sending.AddAsync(address, "Nobody has it", DeliveryPriority.Urgent);
        await sending.SendAsync();
        var words = string.Join(' ', Enumerable.Range(1, 1500).Select(number => $"w{number}."));
        var all = (await RaiseAsync(sending, address, Words, (Severity.Urgent, 12))).ToList();
        all.AddRange(await RaiseAsync(sending, address, " " + words, (Severity.Urgent, 1)));
        var edit = await sending.AddAsync(address, "Somebody has it", DeliveryPriority.Urgent, one => one with { Edits = card });
        all.AddRange(await RaiseAsync(sending, address, Words, (Severity.Urgent, 12)));

        await using (sending.Running())
            await sending.UntilAsync(async () => await SentAsync(sending, all) && (await sending.RowAsync(edit)).State == "sent");

        var told = string.Join(' ', phone.Messages.Select(message => message.Text));
        Assert.Equal(25, phone.Messages.Sum(message => Numbers(message).Count()));
        Assert.All(words.Split(' '), word => Assert.Contains(word, told, StringComparison.Ordinal));
        Assert.All(phone.Messages, HoldsWhatTelegramShows);
        Assert.Equal("Somebody has it", phone.Messages[0].Text);
        Assert.Single(phone.Messages, message => message.EditedAt is not null);
    }

    [PostgresFact]
    public async Task A_message_holds_no_more_styles_and_buttons_than_are_shown_and_none_is_lost()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync(language: "ru");
        var all = await sending.InAsync<IReadOnlyList<AlertId>>(async session =>
        {
            var ids = new List<AlertId>();
            for (var number = 1; number <= 70; number++)
            {
                var line = new Line("alert.manual", ("code", "K-7F3Q"), ("text", $"[urgent {number}]"));
                var draft = new AlertDraft(null, new AlertKind("manual"), Severity.Urgent, $"several:{Guid.NewGuid():N}", line, line)
                {
                    Buttons = [[("ack.yours", $"take:{number}:{Guid.NewGuid()}")], [("ack.still", $"still:{number}:{Guid.NewGuid()}")]],
                };
                await sending.Get<Alerts>().RaiseAsync(session, draft, [new Subscriber(address.Id, address.At.Channel, "ru", IsGroup: false)]);
                ids.Add(draft.Id);
            }

            return ids;
        });

        await using (sending.Running())
            await sending.UntilAsync(() => SentAsync(sending, all));

        Assert.Equal(140, phone.Messages.SelectMany(message => message.AllButtons).Select(button => button.Data).Distinct().Count());
        Assert.Equal(70, phone.Messages.SelectMany(Numbers).Distinct().Count());
        Assert.All(phone.Messages, HoldsWhatTelegramShows);
    }

    [PostgresFact]
    public async Task A_hundred_alerts_to_a_group_on_Signal_are_few_messages_too_and_each_has_its_numbers()
    {
        await using var sending = await SendingFixture.StartAsync(new SandboxOptions { SignalLimits = new SignalLimits() });
        using var signal = new SignalChannel(
            new SignalSettings(sending.Sandbox.Url, sending.Sandbox.Signal.Account) { RequestTimeout = TimeSpan.FromDays(1) },
            sending.Logs.For<SignalChannel>(), sending.Time);
        var group = sending.Sandbox.AddSignalGroup("Lawyers", [sending.Sandbox.AddSignalPhone("Lawyer")]);
        var address = await sending.InAsync(session => session.Addresses.EnsureAsync(group.Address, null, isGroup: true, "en"));
        var all = await RaiseAsync(sending, address, Words, (Severity.Urgent, 97), (Severity.Critical, 3));

        await using (sending.Running(signal))
            await sending.UntilAsync(() => SentAsync(sending, all));

        var texts = group.Messages.Where(message => message.IsFromBot).Select(message => message.Text).ToList();
        Assert.Equal(97, texts.SelectMany(NumbersIn).Count(number => number.StartsWith("urgent", StringComparison.Ordinal)));
        Assert.All(texts.TakeWhile(text => text.Contains("critical", StringComparison.Ordinal)), text => Assert.DoesNotContain("[urgent", text));
        Assert.Equal(3, texts.TakeWhile(text => text.Contains("critical", StringComparison.Ordinal)).SelectMany(NumbersIn).Count());
        Assert.All(texts, text => Assert.InRange(text.Length, 1, 2000));
        Assert.InRange(texts.Count, 6, 20);
        Assert.Equal(100, await sending.ValueAsync<long>("select count(*) from delivery where state = 'sent' and message_ref is not null"));
    }

    /// <summary>Lets time pass only while the sender waits for it.</summary>
    /// <returns>How long after the beginning each message came.</returns>
    private static async Task<IReadOnlyList<Duration>> PassAsync(SendingFixture sending, Func<int> shown, Func<Task<bool>> isOver)
    {
        var (began, came) = (sending.Now, new List<Duration>());
        while (true)
        {
            await SendingFixture.UntilStillAsync(async () =>
            {
                await sending.UntilWaitingAsync(1);
                return !await sending.ValueAsync<bool>("select exists (select from delivery where state = 'sending')");
            });
            while (came.Count < shown())
                came.Add(sending.Now - began);
            if (await isOver())
                return came;
            sending.Time.Advance(TimeSpan.FromMilliseconds(130));
        }
    }

    private static void HoldsWhatTelegramShows(SandboxMessage message)
    {
        Assert.InRange(message.Text.Length, 1, 4096);
        Assert.InRange(message.Entities.Count, 0, 100);
        Assert.InRange(message.AllButtons.Count(), 0, 100);
        Assert.InRange(message.AllButtons.Sum(button => 31 + Encoding.UTF8.GetByteCount(button.Text + button.Data)), 0, 10_000);
    }
}
