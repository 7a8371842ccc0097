using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_case_is_changed
{
    [PostgresFact]
    public async Task Another_law_moves_its_dates_and_whoever_follows_it_hears_of_that()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var file = await bot.OpenCaseAsync(jurisdictions: ["UZ"], zone: "Asia/Tashkent");
        await bot.FollowAsync(advocate, file);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await bot.SettleAsync();

        var change = new CaseChange([new PersonName("Inwented Perzon")], DateTimeZoneProviders.Tzdb["Asia/Almaty"], ["KZ"]);
        var refused = await bot.ActAsync(session => bot.Get<ChangeCase>().RunAsync(
            session.As(Actor.Nobody), file.Code, change));
        Assert.Null(refused.Look);
        var (look, problem) = await bot.ActAsync(session => bot.Get<ChangeCase>().RunAsync(session.As(Actor.Operator), file.Code, change));
        bot.Get<Postgres.Wakeups>().Raise(Postgres.Wakeups.Outbox);

        Assert.Null(problem);
        Assert.Equal(("Asia/Almaty", "KZ"), (look!.File.Zone.Id, Assert.Single(look.File.Jurisdictions)));
        Assert.Equal(2, (await bot.ActAsync(session => session.Cases.NamesAsync(file.Id))).Count);
        await advocate.WaitForTextAsync("whose law applies to it, was put right");
        var (_, unknown) = await bot.ActAsync(session => bot.Get<ChangeCase>().RunAsync(
            session.As(Actor.Operator), file.Code, change with { Laws = ["XX"] }));
        Assert.Contains("no law is on file for 'XX'", unknown, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task From_the_command_line_its_code_too_and_a_code_that_is_nobodys_is_named()
    {
        using var directory = new TemporaryDirectory();
        var key = directory["master.key"];
        VaultKeyFile.CreateNew(key);
        using var vault = Vault.FromKeyFile(key);
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0), vault);
        await VaultCanary.CheckAsync(bot.Database.Source, vault, CancellationToken.None);
        var file = await bot.OpenCaseAsync();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__AlertBot"] = bot.ConnectionString,
            ["Encryption__KeyFile"] = key,
            ["Data__Directory"] = directory.Path,
        };

        var (code, said) = await ProgramProcess.RunAsync(settings, "case", "change", file.Code.Text, "--new-code");
        Assert.Equal(0, code);
        var now = (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Code;
        Assert.NotEqual(file.Code, now);
        Assert.Contains($"{now}: 0 dates moved", said, StringComparison.Ordinal);

        var nobodys = file.Code.Text[..2] + new string(file.Code.Text[2..].Reverse().ToArray());
        (code, said) = await ProgramProcess.RunAsync(settings, "case", "export", nobodys == file.Code.Text ? "K-2222" : nobodys);
        Assert.Equal(1, code);
        Assert.Contains("alertbot: there is no case K-", said, StringComparison.Ordinal);
        (code, said) = await ProgramProcess.RunAsync(settings, "case", "change", now.Text);
        Assert.Equal(2, code);
        Assert.Contains("say what is to change: --zone, --laws, --names or --new-code", said, StringComparison.Ordinal);
    }
}
