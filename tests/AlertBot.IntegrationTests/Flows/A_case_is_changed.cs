using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
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
}
