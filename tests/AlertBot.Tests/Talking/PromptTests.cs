using AlertBot.Tests.Texts;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Tests.Talking;

public class PromptTests
{
    private static readonly Prompt Asked = new(
        [new Line("report.ask.kind")],
        [
            [new Option("report-kind.arrested", "1"), new Option("report-kind.deported", "2")],
            [new Option("report-kind.searched", "3"), new Option("report-kind.summoned", "4")],
            [new Option("report-kind.released", "5")],
            [new Option("button.back", "back"), new Option("button.skip", "skip")],
        ])
    { Folded = 3 };

    [Fact]
    public void Of_a_long_list_three_answers_are_shown_and_more_and_the_way_on_stays() =>
        Assert.Equal(["p:7:1 p:7:2", "p:7:3 p:7:more", "p:7:back p:7:skip"], DataOf(Asked, isWhole: false));

    [Fact]
    public void Behind_more_all_of_them_stand() =>
        Assert.Equal(["p:7:1 p:7:2", "p:7:3 p:7:4", "p:7:5", "p:7:back p:7:skip"], DataOf(Asked, isWhole: true));

    [Fact]
    public void Four_answers_take_no_more_room_than_three_and_more() =>
        Assert.Equal(["p:7:1 p:7:2", "p:7:3 p:7:4", "p:7:back p:7:skip"], DataOf(Asked with
        {
            Options = [Asked.Options[0], Asked.Options[1], Asked.Options[3]],
            Folded = 2,
        }, isWhole: false));

    private static IEnumerable<string> DataOf(Prompt prompt, bool isWhole) =>
        prompt.ChoicesIn("en", Catalogs.Shipped, "p", 7, isWhole).Select(row => string.Join(' ', row.Select(choice => choice.Data)));
}
