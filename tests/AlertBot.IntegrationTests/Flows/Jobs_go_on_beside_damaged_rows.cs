using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Domain.Webhooks;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Law;
using AlertBot.Workflows.Messengers;
using AlertBot.Workflows.Subscribing;
using AlertBot.Workflows.Texts;
using AlertBot.Workflows.Webhooks;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Of each kind one row is damaged beside a whole one: the whole one's work is done, and owners hear of the other once.</summary>
public sealed class Jobs_go_on_beside_damaged_rows
{
    private static readonly Kind[] Kinds =
    [
        new("puzzles of a messenger", AnswerAsync, RunAsync<ChannelErrands>, (world, _) =>
            Assert.Equal(("good", "answer"), Assert.Single(world.Signal.Answers))),
        new("keys on Signal", TrustAsync, RunAsync<ChannelErrands>, async (world, bot) =>
        {
            // Nothing is trusted by a number that nobody knows, and somebody looks again.
            Assert.Equal("number", Assert.Single(world.Signal.TrustedNumbers));
            await bot.SettleAsync();
            Assert.Contains(world.Coordinator.Messages, message => message.Text.Contains("my note of it is damaged", StringComparison.Ordinal));
        }),
        new("webhooks", CallAsync, async bot => await bot.Get<SendWebhooks>().DrainAsync(CancellationToken.None), (world, _) =>
            Assert.Single(world.Program.Calls)),
        new("names of cases", NameAsync, _ => Task.CompletedTask, async (world, _) =>
        {
            Assert.Contains(world.Good.Code.Text, await FindAsync(world, "Azamat Invented"), StringComparison.Ordinal);
            Assert.DoesNotContain("• ", await FindAsync(world, "Bolat Madeupov"), StringComparison.Ordinal);
        }),
        new("drills", DrillAsync, RunAsync<DrillFigures>, async (world, _) => await world.Coordinator.WaitForTextAsync("The drill is over")),
        // One case is in the way of three jobs, and told of once.
        new("cases", CodeAsync, ChangeLawAsync, async (world, _) =>
            Assert.Contains(world.Good.Code.Text, (await world.Advocate.WaitForTextAsync("the law or the calendar of working days was changed")).Text,
                StringComparison.Ordinal)),
        new(null, (_, _) => Task.CompletedTask, RunAsync<NextYear>, async (world, _) =>
            await world.Coordinator.WaitForTextAsync("The days off of 2027 are not loaded")),
        new(null, (_, bot) => Passing(bot, QuietCase.AfterDays + 2), RunAsync<QuietCases>, async (world, _) =>
            await world.Advocate.WaitForMessageAsync(message =>
                message.Text.Contains("nothing was heard for a month", StringComparison.Ordinal)
                && message.Text.Contains(world.Quiet.Code.Text, StringComparison.Ordinal))),
    ];

    [PostgresFact]
    public async Task The_others_work_is_done_and_owners_hear_of_each_once()
    {
        var signal = new ScriptedSignal();
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 10, 1, 9, 0), second: signal);
        await using var program = await WebhookListener.StartAsync();
        var owner = await bot.AddAsync(Role.Owner, "Olga");
        var world = new World(
            signal, program, await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate),
            await bot.OpenCaseAsync("Azamat Invented"), await bot.OpenCaseAsync("Somebody Quiet"), await bot.OpenCaseAsync("Bolat Madeupov"));
        await bot.FollowAsync(world.Advocate, world.Good);
        await bot.FollowAsync(world.Advocate, world.Quiet);
        await RunningBot.SayAsync(world.Coordinator, $"/event {world.Good.Code} detention_start 2026-09-30 10:00");
        await bot.SettleAsync();
        await bot.Get<LawChange>().RunAsync(CancellationToken.None);

        foreach (var kind in Kinds)
        {
            await kind.Damage(world, bot);
            for (var time = 0; time < 2; time++)
                await kind.Run(bot);
            bot.Get<Wakeups>().Raise(Wakeups.Outbox);
            await kind.OthersAreDone(world, bot);
        }

        for (var time = 0; time < 3; time++)
        {
            bot.Clock.Advance(TellDamaged.Rests);
            await bot.Get<TellDamaged>().RunAsync(CancellationToken.None);
        }

        bot.Get<Wakeups>().Raise(Wakeups.Outbox);
        await bot.SettleAsync();
        var told = Assert.Single(owner.Messages, message => message.Text.Contains("can no longer be worked on", StringComparison.Ordinal)).Text;
        var named = Kinds.Select(kind => kind.Words).OfType<string>().Order(StringComparer.Ordinal).Select(words => $"• {words}: 1").ToList();
        Assert.Equal(named, told.Split('\n').Where(line => line.StartsWith('•')).Order(StringComparer.Ordinal));
    }

    // One challenge for each messenger.
    private static Task AnswerAsync(World world, RunningBot bot) => DamageAsync(bot, async session =>
    {
        var from = (await session.Addresses.FindAsync(world.Coordinator.Address))!.Id;
        foreach (var (channel, name) in new[] { (ChannelKind.Telegram, "bad"), (ChannelKind.Signal, "good") })
        {
            var (kept, _) = await session.Challenges.KeepAsync(channel, name, session.Now + Duration.FromDays(100), isOnlyNewPeople: true);
            await session.Challenges.AnswerAsync(kept.Id, "answer", from);
        }

        return "update channel_challenge set answer = '\\x00' where channel = 'telegram'";
    });

    private static async Task TrustAsync(World world, RunningBot bot)
    {
        var changed = await bot.AddAsync(Role.Advocate, "Changed");
        await DamageAsync(bot, async session =>
        {
            var (by, person) = (await PersonOfAsync(session, world.Coordinator), await PersonOfAsync(session, changed));
            var last = Guid.Empty;
            foreach (var number in new[] { "number", "damaged" })
            {
                var signal = new ChannelAddress(ChannelKind.Signal, $"{Guid.NewGuid()}");
                var at = await session.Addresses.EnsureAsync(signal, person, isGroup: false, "en");
                last = (await session.KeyChanges.AddAsync(at.Id, isTrusted: false))!.Id;
                await session.KeyChanges.ShowAsync(last, number);
                await session.KeyChanges.TrustAsync(last, by);
            }

            return $"update key_change set number = '\\x00' where id = '{last}'";
        });
    }

    private static Task CallAsync(World world, RunningBot bot) => DamageAsync(bot, async session =>
    {
        for (var number = 0; number < 2; number++)
            await session.Webhooks.AddAsync(new Webhook(WebhookId.New(), world.Program.Url, "whsec_none", [WebhookKind.Fact], session.Now));
        await bot.Get<RecordEvent>().RunAsync(
            session.As(Actor.Operator), world.Quiet.Id, new EventDraft("status_note") { At = "2026-09-30" }.Read(world.Quiet.Zone).Event!);
        return "update webhook set url = '\\x00' where id = (select id from webhook limit 1)";
    });

    private static Task NameAsync(World world, RunningBot bot) => DamageAsync(
        bot, _ => Task.FromResult($"update case_name set name = '\\x00' where case_id = '{world.Bad.Id.Value}'"));

    // Of somebody who did not answer it cannot be told who they are.
    private static async Task DrillAsync(World world, RunningBot bot)
    {
        var silent = await bot.AddAsync(Role.Advocate, "Silent");
        await DamageAsync(bot, async session =>
        {
            var by = await PersonOfAsync(session, world.Coordinator);
            foreach (var to in new[] { silent, world.Advocate })
            {
                var person = await PersonOfAsync(session, to);
                var draft = new AlertDraft(
                    null, AlertKind.Drill, Severity.Urgent, $"drill:{person.Value}", new Line("drill.over-none", ("told", 1)));
                await bot.Get<Alerts>().RaiseAsync(session, draft, await session.Addresses.OpenOfAsync([person]));
                await session.Drills.BeginAsync(draft.Id, by, session.Now);
            }

            return "alter table person drop constraint person_prefers_check; "
                + $"update person set prefers = 'none' where id = '{(await PersonOfAsync(session, silent)).Value}'";
        });
    }

    private static Task CodeAsync(World world, RunningBot bot) => DamageAsync(
        bot, _ => Task.FromResult($"update case_file set code = 'none' where id = '{world.Bad.Id.Value}'"));

    private static async Task ChangeLawAsync(RunningBot bot)
    {
        var book = bot.Get<LawBook>();
        var changed = new LawBook(book.Rules.Select(rule => rule.Id == "KZ-PROV-40D" ? Thirty(rule) : rule), book.Calendars);
        var watch = new CaseWatch(changed, bot.Get<Domain.Deadlines.ReminderPolicy>(), bot.Get<Domain.Deadlines.QuestionPolicy>());
        await new LawChange(
            bot.Database, watch, new LawFingerprint(new string('a', 64)), bot.Get<Alerts>(), bot.Get<TellReminders>(), bot.Get<DamagedRow>())
            .RunAsync(CancellationToken.None);
    }

    private static Rule Thirty(Rule rule) => rule with { Main = rule.Main with { Length = rule.Main.Length with { Value = 30 } } };

    private static Task Passing(RunningBot bot, int days)
    {
        bot.Clock.Advance(Duration.FromDays(days));
        return Task.CompletedTask;
    }

    private static async Task<string> FindAsync(World world, string name) => (await RunningBot.SayAsync(world.Coordinator, "/find " + name)).Text;

    private static Task RunAsync<TJob>(RunningBot bot)
        where TJob : Domain.Jobs.IRecurringJob => bot.Get<TJob>().RunAsync(CancellationToken.None);

    private static async Task<PersonId> PersonOfAsync(Session session, SandboxPhone phone) =>
        (await session.Addresses.FindAsync(phone.Address))!.Person!.Value;

    /// <param name="act">Makes two of a kind, and gives the statement that damages one.</param>
    private static async Task DamageAsync(RunningBot bot, Func<Session, Task<string>> act)
    {
        var damage = await bot.ActAsync(act);
        await using var apart = new NpgsqlConnection(bot.ConnectionString);
        await apart.ExecuteAsync(damage);
    }

    /// <param name="Words">How owners read of it; null: of what was damaged before.</param>
    private sealed record Kind(
        string? Words, Func<World, RunningBot, Task> Damage, Func<RunningBot, Task> Run, Func<World, RunningBot, Task> OthersAreDone)
    {
        public Kind(string? words, Func<World, RunningBot, Task> damage, Func<RunningBot, Task> run, Action<World, RunningBot> othersAreDone)
            : this(words, damage, run, (world, bot) =>
            {
                othersAreDone(world, bot);
                return Task.CompletedTask;
            })
        {
        }
    }

    private sealed record World(
        ScriptedSignal Signal, WebhookListener Program, SandboxPhone Coordinator, SandboxPhone Advocate, CaseFile Good, CaseFile Quiet, CaseFile Bad);
}
