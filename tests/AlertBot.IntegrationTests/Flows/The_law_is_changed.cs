using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Law;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class The_law_is_changed
{
    [PostgresFact]
    public async Task Before_it_is_switched_on_one_sees_which_dates_move_and_afterwards_people_are_told()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await bot.SettleAsync();
        await bot.Get<LawChange>().RunAsync(CancellationToken.None);

        // Thirty days where there were forty.
        var changed = Changed(bot.Get<LawBook>());
        Assert.Empty(await bot.ActAsync(session => new LawPreview(bot.Get<LawBook>()).RunAsync(session)));
        var (foundIn, diff) = Assert.Single(await bot.ActAsync(session => new LawPreview(changed).RunAsync(session)));
        Assert.Equal(file.Code, foundIn.Code);
        var moved = Assert.Single(diff.Moved);
        Assert.Equal(("2026-04-09", "2026-03-30"), (moved.From.Limit.Earliest.LocalText, moved.To.Limit.Earliest.LocalText));

        var watch = new CaseWatch(changed, bot.Get<Domain.Deadlines.ReminderPolicy>(), bot.Get<Domain.Deadlines.QuestionPolicy>());
        await new LawChange(bot.Database, watch, new LawFingerprint(new string('a', 64)), bot.Get<Alerts>(), bot.Get<TellReminders>(),
                bot.Get<DamagedRow>())
            .RunAsync(CancellationToken.None);
        bot.Get<Postgres.Wakeups>().Raise(Postgres.Wakeups.Outbox);
        var told = await advocate.WaitForTextAsync("the law or the calendar of working days was changed");
        Assert.Contains("30 March 2026", told.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_calendar_put_right_moves_the_open_dates_and_whoever_follows_is_told()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 13, 9, 0));
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var (file, other) = (await bot.OpenCaseAsync(), await bot.OpenCaseAsync("Somebody Else", ["UZ"], "Asia/Tashkent"));
        await bot.FollowAsync(advocate, file);
        await bot.FollowAsync(advocate, other);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} certificate_issued 2026-03-13");
        await RunningBot.SayAsync(coordinator, $"/event {other.Code} detention_start 2026-03-13 10:00");
        await bot.SettleAsync();
        await bot.Get<LawChange>().RunAsync(CancellationToken.None);

        // Three days from Friday 13 March end on Monday 16 March. By decree that Monday is free: Tuesday.
        Assert.Equal("2026-03-16", await FingerprintsDueAsync(bot, file));
        using var directory = new TemporaryDirectory();
        CopyLaw(directory["law"], text => text.Replace(
            "      2026-05-27: Kurban Ait", "      2026-03-16: by decree\n      2026-05-27: Kurban Ait", StringComparison.Ordinal));
        var changed = LawFolder.Load(directory["law"]);
        Assert.Empty(changed.Problems);
        var watch = new CaseWatch(changed.Book, bot.Get<Domain.Deadlines.ReminderPolicy>(), bot.Get<Domain.Deadlines.QuestionPolicy>());
        var law = LawFingerprint.Of(directory["law"]);
        for (var run = 0; run < 2; run++)
            await new LawChange(bot.Database, watch, law, bot.Get<Alerts>(), bot.Get<TellReminders>(),
                bot.Get<DamagedRow>()).RunAsync(CancellationToken.None);
        bot.Get<Postgres.Wakeups>().Raise(Postgres.Wakeups.Outbox);

        var told = await advocate.WaitForTextAsync("the law or the calendar of working days was changed");
        Assert.Contains("17 March 2026", told.Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        Assert.Equal("2026-03-17", await FingerprintsDueAsync(bot, file));
        var all = advocate.Messages.Where(message => message.Text.Contains("calendar of working days was changed", StringComparison.Ordinal));
        Assert.StartsWith(file.Code.Text, Assert.Single(all).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task On_the_command_line_too_without_switching_anything_on()
    {
        using var directory = new TemporaryDirectory();
        var key = directory["master.key"];
        VaultKeyFile.CreateNew(key);
        using var vault = Vault.FromKeyFile(key);
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0), vault);
        await VaultCanary.CheckAsync(bot.Database.Source, vault, CancellationToken.None);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await bot.SettleAsync();
        CopyLaw(directory["law"], text => text.Replace("length: 40 calendar_days", "length: 30 calendar_days", StringComparison.Ordinal));

        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__AlertBot"] = bot.ConnectionString,
            ["Encryption__KeyFile"] = key,
            ["Data__Directory"] = directory.Path,
        };
        var (code, said) = await ProgramProcess.RunAsync(settings, "rules", "changes", "--law", directory["law"]);

        Assert.Equal(0, code);
        var line = Assert.Single(said.Split('\n'), line => line.Contains("KZ-PROV-40D", StringComparison.Ordinal));
        Assert.StartsWith($"{file.Code}  moved", line, StringComparison.Ordinal);
        Assert.Contains("2026-04-09 / ", line, StringComparison.Ordinal);
        Assert.Contains("-> 2026-03-30 / ", line, StringComparison.Ordinal);
        (code, said) = await ProgramProcess.RunAsync(settings, "rules", "changes");
        Assert.Equal(0, code);
        Assert.DoesNotContain(" moved ", said, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task From_October_on_coordinators_hear_which_decree_of_next_year_is_missing()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 9, 30, 9, 0));
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await bot.OpenCaseAsync();
        await YearAsync(bot);
        Assert.DoesNotContain(coordinator.Messages, message => message.Text.Contains("2027", StringComparison.Ordinal));

        bot.Clock.Advance(Duration.FromDays(1));
        await YearAsync(bot);
        await YearAsync(bot);

        Assert.Contains("Kazakhstan", (await coordinator.WaitForTextAsync("The days off of 2027 are not loaded")).Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        Assert.Single(coordinator.Messages, message => message.Text.Contains("2027", StringComparison.Ordinal));
        Assert.DoesNotContain(advocate.Messages, message => message.Text.Contains("2027", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_reminder_says_in_one_line_who_must_do_what_and_where_it_is_written()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var (advocate, russian) = (await bot.AddAsync(Role.Advocate), await bot.AddAsync(Role.Advocate, language: "ru"));
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);
        await bot.FollowAsync(russian, file);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");

        await bot.PassAsync(Instant.FromUtc(2026, 3, 3, 5, 5) - bot.Clock.Now);

        var told = await advocate.WaitForTextAsync("The court must decide on the arrest by");
        Assert.Contains("(CPC 2014", told.Text, StringComparison.Ordinal);
        await russian.WaitForTextAsync("Суд должен решить вопрос об аресте");
    }

    private static async Task YearAsync(RunningBot bot)
    {
        await bot.Get<NextYear>().RunAsync(CancellationToken.None);
        bot.Get<Postgres.Wakeups>().Raise(Postgres.Wakeups.Outbox);
        await bot.SettleAsync();
    }

    private static async Task<string> FingerprintsDueAsync(RunningBot bot, Domain.Cases.CaseFile file) =>
        (await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id]
        .Single(one => one.Deadline.RuleId == "KZ-REF-FPRINT-3D").Deadline.Limit.Earliest.LocalText;

    private static void CopyLaw(string folder, Func<string, string> changed)
    {
        var law = Path.Combine(Ground.Load().Config, "law");
        foreach (var from in Directory.GetFiles(law, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(folder, Path.GetRelativePath(law, from));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllText(to, changed(File.ReadAllText(from)));
        }
    }

    private static LawBook Changed(LawBook book) => new(
        book.Rules.Select(rule => rule.Id == "KZ-PROV-40D" ? Of(rule, 30) : rule), book.Calendars);

    private static Rule Of(Rule rule, int days) => rule with { Main = rule.Main with { Length = rule.Main.Length with { Value = days } } };
}
