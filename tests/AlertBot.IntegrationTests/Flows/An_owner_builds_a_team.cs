using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Flows;

public class An_owner_builds_a_team
{
    [PostgresFact]
    public async Task The_first_owner_comes_in_by_a_code_of_the_command_line()
    {
        await using var bot = await RunningBot.StartAsync();
        var phone = bot.Sandbox.AddPerson("Owner");

        var answer = await RunningBot.SayAsync(phone, "/start " + await bot.InviteAsync(Role.Owner));

        Assert.Contains("owner", answer.Text, StringComparison.Ordinal);
        Assert.Contains("/newcase", (await RunningBot.SayAsync(phone, "/help")).Text, StringComparison.Ordinal);
    }
}
