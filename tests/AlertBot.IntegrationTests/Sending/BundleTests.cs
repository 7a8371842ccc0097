using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Stores;
using AlertBot.Sandbox;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Sending;
using AlertBot.Workflows.Texts;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>
/// More alerts than a chat's pace carries in time come together in few messages, and each of them goes on as if it had one of its own.
/// </summary>
public sealed partial class BundleTests
{
    [PostgresFact]
    public async Task Too_many_critical_ones_share_messages_with_each_other_only()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var lesser = await RaiseManyAsync(sending, address, Severity.Urgent, 12);
        var critical = await RaiseManyAsync(sending, address, Severity.Critical, 30);

        await using (sending.Running())
            await sending.UntilAsync(() => SentAsync(sending, [.. lesser, .. critical]));

        var numbers = phone.Messages.Select(message => Numbers(message).ToList()).ToList();
        Assert.Equal(42, numbers.Sum(all => all.Count));
        Assert.InRange(numbers.Count, 2, 8);
        Assert.All(numbers, all => Assert.Single(all.Select(one => one.Split(' ')[0]).Distinct()));
        Assert.Equal(30, numbers.TakeWhile(all => all[0].StartsWith("critical", StringComparison.Ordinal)).Sum(all => all.Count));
    }

    [PostgresFact]
    public async Task A_change_of_one_is_a_message_of_its_own_keeps_no_words_and_is_withdrawn_with_the_rest()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var alerts = await RaiseManyAsync(sending, address, Severity.Urgent, 20);
        await using var running = sending.Running();
        await sending.UntilAsync(() => SentAsync(sending, alerts));
        var count = phone.Messages.Count;
        Assert.Equal(0, await sending.ValueAsync<long>("select count(*) from delivery where body is not null"));

        var of = await sending.InAsync(async session => Assert.Single(await session.Outbox.ToldAsync($"several:{alerts[4].Value:N}")).Id);
        var edit = await sending.AddAsync(address, "Taken by a lawyer", DeliveryPriority.Now, one => one with { Edits = of });
        await sending.UntilAsync(async () => (await sending.RowAsync(edit)).State == "sent");

        Assert.Equal(count + 1, phone.Messages.Count);
        Assert.Equal(20, phone.Messages.SelectMany(Numbers).Distinct().Count());
        var hanging = await sending.InAsync(session => session.Outbox.HangingAsync(address.Id));
        Assert.Contains(edit, hanging.Select(one => one.Id));
    }

    [PostgresFact]
    public async Task An_answer_to_a_press_below_several_is_a_message_of_its_own()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var alerts = await RaiseManyAsync(sending, address, Severity.Urgent, 20);
        await using var running = sending.Running();
        await sending.UntilAsync(() => SentAsync(sending, alerts));
        var bundle = phone.Messages[^1];

        await sending.AddAsync(address, "All about one", DeliveryPriority.Answer, one => one with
        {
            EditsMessage = new MessageRef(bundle.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Telling = Telling.Answer,
        });

        await sending.UntilAsync(() => phone.Messages[^1].Text == "All about one");
        Assert.Null(bundle.EditedAt);
    }

    [PostgresFact]
    public async Task A_message_of_several_that_is_refused_costs_none_but_the_one_at_fault()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var alerts = await RaiseManyAsync(sending, address, Severity.Urgent, 12);
        sending.Sandbox.Faults.Plan(new Fault.Error(400, "Bad Request: can't parse entities"), "sendMessage");

        await using (sending.Running())
            await sending.UntilAsync(() => SentAsync(sending, alerts), TimeSpan.FromMilliseconds(100));

        Assert.Equal(12, phone.Messages.SelectMany(Numbers).Count());
    }

    [PostgresFact]
    public async Task One_that_was_refused_before_is_not_overtaken_by_those_of_its_message()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.Error(500, "Internal Server Error"), "sendMessage", times: 4);
        var first = await RaiseAsync(sending, address, " (first)", (Severity.Notice, 1));
        await using var running = sending.Running();
        await sending.UntilAsync(() => sending.Sandbox.Calls.Count == 3);

        // It was tried three times. With these it is tried once more, behind one that is more urgent and new.
        var later = await RaiseAsync(sending, address, " (later)", (Severity.Urgent, 1), (Severity.Notice, 12));
        await sending.UntilAsync(() => SentAsync(sending, [.. first, .. later]));

        var said = string.Join("\n", phone.Messages.Select(message => message.Text));
        Assert.Equal("(later)", FirstOf(said, "(first)", "(later)"));
        Assert.Equal("(first)", FirstOf(said[(said.IndexOf("(later)", StringComparison.Ordinal) + 1)..], "(first)", "(later)"));
    }

    private static string FirstOf(string text, params IEnumerable<string> words) =>
        words.MinBy(word => text.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at ? at : int.MaxValue)!;

    [PostgresFact]
    public async Task Several_whose_answer_was_lost_come_once_more_each_marked_as_a_possible_repeat()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var alerts = await RaiseManyAsync(sending, address, Severity.Critical, 12);
        sending.Sandbox.Faults.Plan(new Fault.DropAfter(), "sendMessage");

        await using (sending.Running())
            await sending.UntilAsync(() => SentAsync(sending, alerts));

        var repeats = phone.Messages.SelectMany(Numbers).GroupBy(number => number, StringComparer.Ordinal).Count(same => same.Count() > 1);
        var note = SendingFixture.Texts.Say("en", "alert.repeat").Plain;
        Assert.InRange(repeats, 2, 12);
        Assert.Equal(repeats, phone.Messages.Sum(message => message.Text!.Split(note).Length - 1));
    }

    [PostgresFact]
    public async Task When_the_first_of_several_expires_in_the_last_moment_the_others_go_at_once()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var alerts = await RaiseManyAsync(sending, address, Severity.Urgent, 4);
        var lease = new OutboxLease(
            sending.Database, ChannelKind.Telegram, sending.Get<RecordOutcome>(), new Bundling(sending.Telegram, SendingFixture.Texts), sending.Clock,
            sending.Logs.For<Dispatcher>());
        var together = Assert.Single(await lease.TakeAsync(1, [], CancellationToken.None, slots: _ => [NodaTime.Duration.Zero]));
        Assert.Equal(3, together.Bundled.Count);

        await sending.Get<RecordOutcome>().ExpireAsync(together, CancellationToken.None);
        await sending.SendAsync();

        Assert.Equal("expired", (await sending.RowAsync(alerts[0])).State);
        Assert.Equal(["[urgent 2]", "[urgent 3]", "[urgent 4]"], phone.Messages.SelectMany(Numbers).Select(number => $"[{number}]"));
    }

    [PostgresFact]
    public async Task An_older_version_that_sends_leaves_the_change_of_one_of_several_to_the_newer_one()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var alone = await sending.AddAsync(address, "Alone");
        await sending.SendAsync();
        var alerts = await RaiseManyAsync(sending, address, Severity.Urgent, 20);
        await using (sending.Running())
            await sending.UntilAsync(() => SentAsync(sending, alerts));
        var of = await sending.InAsync(async session => Assert.Single(await session.Outbox.ToldAsync($"several:{alerts[4].Value:N}")).Id);
        var shared = await sending.ValueAsync<string>("select message_ref from delivery where id = @Value", new { of.Value });
        var edit = await sending.AddAsync(address, "Taken by a lawyer", but: one => one with { Edits = of });
        var answer = await sending.AddAsync(address, "All about one", but: one => one with { EditsMessage = new MessageRef(shared!) });
        var plain = await sending.AddAsync(address, "Alone no more", but: one => one with { Edits = alone });

        var taken = await sending.ValueAsync<string>(
            """
            with taken as (
                update delivery set state = 'sending', attempts = attempts + 1, sender = gen_random_uuid(), lease_until = now()
                where  state = 'queued' returning id)
            select string_agg(id::text, ' ') from taken
            """);
        await sending.ExecuteAsync("update delivery set state = 'queued' where state = 'sending'");
        await using (sending.Running())
            await sending.UntilAsync(async () => (await sending.RowAsync(edit)).State == "sent" && (await sending.RowAsync(answer)).State == "sent");

        Assert.Equal($"{plain.Value}", taken);
        Assert.Equal(20, phone.Messages.SelectMany(Numbers).Distinct().Count());
    }

    private static Task<IReadOnlyList<AlertId>> RaiseManyAsync(SendingFixture sending, Address to, Severity severity, int count) =>
        RaiseAsync(sending, to, "", (severity, count));

    /// <summary>Raises all of them in one act.</summary>
    /// <param name="words">What each says after its mark.</param>
    private static Task<IReadOnlyList<AlertId>> RaiseAsync(
        SendingFixture sending, Address to, string words, params (Severity Severity, int Count)[] several) =>
        sending.InAsync<IReadOnlyList<AlertId>>(async session =>
        {
            var ids = new List<AlertId>();
            foreach (var (severity, number) in several.SelectMany(one => Enumerable.Range(1, one.Count).Select(number => (one.Severity, number))))
            {
                var id = AlertId.New();
                var mark = $"[{(severity == Severity.Critical ? "critical" : "urgent")} {number}]";
                var draft = new AlertDraft(null, new AlertKind("manual"), severity, $"several:{id.Value:N}", new Line(
                    "alert.manual", ("code", "K-7F3Q"), ("text", mark + words)))
                {
                    Id = id,
                    Buttons = [[("ack.yours", $"take:{severity}:{number}")]],
                };
                await sending.Get<Alerts>().RaiseAsync(session, draft, [new Subscriber(to.Id, to.At.Channel, to.Language, to.IsGroup)]);
                ids.Add(id);
            }

            return ids;
        });

    private static Task<bool> SentAsync(SendingFixture sending, IReadOnlyList<AlertId> alerts) => sending.ValueAsync<bool>(
        "select count(*) = @Count from delivery where alert_id = any(@ids) and state = 'sent' and message_ref is not null",
        new { alerts.Count, ids = alerts.Select(alert => alert.Value).ToArray() });

    // The alerts in a message: each has a mark in its words.
    private static IEnumerable<string> Numbers(SandboxMessage message) => NumbersIn(message.Text);

    private static IEnumerable<string> NumbersIn(string text) =>
        System.Text.RegularExpressions.Regex.Matches(text, @"\[((?:critical|urgent) \d+)\]").Select(match => match.Groups[1].Value);
}
