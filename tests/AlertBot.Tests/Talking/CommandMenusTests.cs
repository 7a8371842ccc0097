using AlertBot.Domain.People;
using AlertBot.Tests.Texts;
using AlertBot.Workflows.Chat;

namespace AlertBot.Tests.Talking;

public class CommandMenusTests
{
    private static readonly CommandMenus Menus = new(
        () =>
        [
            new Command("start", Role.Reporter), new Command("help", Role.Reporter),
            new Command("case", Role.Advocate), new Command("invite", Role.Coordinator),
            new Command("link", Role.Coordinator, CommandPlace.Group), new Command("oddity", Role.Advocate),
        ],
        Catalogs.Shipped);

    [Theory]
    [InlineData(Role.Reporter, "start help")]
    [InlineData(Role.Advocate, "case start help oddity")]
    [InlineData(Role.Coordinator, "case invite start help oddity")]
    public void A_menu_holds_what_a_role_can_do_in_private(Role role, string commands) =>
        Assert.Equal(commands.Split(' '), Menus.For(role, "en").Select(hint => hint.Command));

    [Fact]
    public void Help_names_the_commands_that_exist_and_no_others()
    {
        var help = Menus.Help(Role.Coordinator, "ru").Plain;

        Assert.Contains("/invite – пригласить человека", help, StringComparison.Ordinal);
        Assert.Contains("/link", help, StringComparison.Ordinal);
        Assert.DoesNotContain("/report", help, StringComparison.Ordinal);
        Assert.DoesNotContain("Ваше время", help, StringComparison.Ordinal);
    }

    private sealed record Command(string Name, Role Needs, CommandPlace Place = CommandPlace.Private) : IChatCommand
    {
        public Task RunAsync(Talk talk, string arguments) => Task.CompletedTask;
    }
}
