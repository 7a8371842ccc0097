using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.IntegrationTests.Flows;

public class Whoever_lacks_the_role
{
    [PostgresFact]
    public async Task Gets_the_same_answer_as_for_an_unknown_command()
    {
        await using var bot = await RunningBot.StartAsync();
        var file = await bot.OpenCaseAsync();
        foreach (var role in new[] { Role.Reporter, Role.Advocate })
        {
            var phone = await bot.AddAsync(role);
            var unknown = (await RunningBot.SayAsync(phone, "/nonsense")).Text;
            foreach (var command in bot.Get<IServiceProvider>().GetServices<IChatCommand>().Where(command => command.Needs > role))
                Assert.Equal(unknown, (await RunningBot.SayAsync(phone, $"/{command.Name} {file.Code}")).Text);
        }
    }

    [PostgresFact]
    public async Task Sees_only_what_is_theirs_in_help_and_menu()
    {
        await using var bot = await RunningBot.StartAsync();
        var reporter = await bot.AddAsync(Role.Reporter);

        var help = await RunningBot.SayAsync(reporter, "/help");

        Assert.Contains("/privacy", help.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/case", help.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/invite", help.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Hears_the_same_even_with_a_role_that_is_suspended()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner);
        await bot.ActAsync(async session =>
        {
            await session.People.FreezeAsync((await session.People.WithRoleAsync(Role.Owner)).Single().Id, null);
            return 0;
        });

        Assert.Equal((await RunningBot.SayAsync(owner, "/nonsense")).Text, (await RunningBot.SayAsync(owner, "/people")).Text);
        Assert.StartsWith(
            "I do not know this invite", (await RunningBot.SayAsync(owner, "/start " + await bot.InviteAsync(Role.Owner))).Text,
            StringComparison.Ordinal);
    }
}
