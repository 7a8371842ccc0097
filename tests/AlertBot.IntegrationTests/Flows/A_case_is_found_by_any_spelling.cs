using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Names;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_case_is_found_by_any_spelling
{
    [PostgresFact]
    public async Task A_coordinator_finds_it_from_a_sentence_in_another_script_and_sees_no_name()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2022, 9, 14, 1, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync("Koshkarbay Toremuratov");
        var other = await bot.OpenCaseAsync("Akylbek Muratov");

        var found = await RunningBot.SayAsync(coordinator, "/find кеше түнде Қошқарбай Төремуратовты алып кетті");

        Assert.Contains($"• {file.Code}", found.Text, StringComparison.Ordinal);
        Assert.True(!found.Text.Contains(other.Code.Text, StringComparison.Ordinal)
            || found.Text.IndexOf(file.Code.Text, StringComparison.Ordinal) < found.Text.IndexOf(other.Code.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("oremuratov", found.Text, StringComparison.OrdinalIgnoreCase);
    }

    [PostgresFact]
    public async Task A_name_registered_meanwhile_is_found_and_a_strangers_is_not()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2024, 3, 26, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        await bot.OpenCaseAsync("Akylbek Muratov");
        Assert.Contains("No case", (await RunningBot.SayAsync(coordinator, "/find Расул Жуманиязов")).Text, StringComparison.Ordinal);

        var file = await bot.OpenCaseAsync("Rasul Zhumaniyazov");

        Assert.Contains($"• {file.Code}", (await RunningBot.SayAsync(coordinator, "/find Расул Жуманиязов")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_name_registered_after_the_message_was_read_ahead_is_found_in_it()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2024, 3, 26, 9, 0));
        var names = bot.Get<NameRegistry>();
        await bot.OpenCaseAsync("Akylbek Muratov");
        const string Message = "кеше түнде Расул Жуманиязовты алып кетті";
        Assert.Empty(await names.FindAsync(Message, 1, CancellationToken.None));
        names.FindAhead(Message, 1);

        var file = await bot.OpenCaseAsync("Rasul Zhumaniyazov");

        Assert.Equal(file.Id, Assert.Single(await names.FindAsync(Message, 1, CancellationToken.None)).Id);
    }

    [PostgresFact]
    public async Task An_advocate_finds_only_what_they_may_see()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2024, 3, 26, 9, 0));
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await bot.OpenCaseAsync("Rasul Zhumaniyazov");

        Assert.Contains("No case", (await RunningBot.SayAsync(advocate, "/find Rasul Zhumaniyazov")).Text, StringComparison.Ordinal);
        await bot.FollowAsync(advocate, file);

        Assert.Contains($"• {file.Code}", (await RunningBot.SayAsync(advocate, "/find Rasul Zhumaniyazov")).Text, StringComparison.Ordinal);
    }
}
