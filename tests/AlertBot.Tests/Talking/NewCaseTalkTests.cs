using AlertBot.Tests.Law;
using AlertBot.Tests.Texts;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Chat;
using NodaTime;

namespace AlertBot.Tests.Talking;

public class NewCaseTalkTests
{
    private static readonly LawMenu Laws = LawMenu.Of(ShippedLaw.Book);

    [Fact]
    public void A_case_is_opened_in_four_steps()
    {
        var state = NewCaseTalk.Begin(100);
        state = Say(state, "Invented Person\nИзмышлённый Человек");
        state = Press(state, "law.KZ");
        state = Press(state, "go");
        state = Press(state, "zone.Asia/Almaty");

        var done = NewCaseTalk.Answer(state, new Said.Pressed(state.Turn, "go"), Laws);

        Assert.Null(done.Next);
        Assert.Equal(["Invented Person", "Измышлённый Человек"], done.Result!.Names);
        Assert.Equal(["KZ", "CIS"], done.Result.Laws);
        Assert.Equal("Asia/Almaty", done.Result.Zone);
    }

    [Fact]
    public void The_zones_of_the_chosen_states_are_offered_the_usual_one_first()
    {
        var state = Press(Press(Say(NewCaseTalk.Begin(1), "Somebody"), "law.UZ"), "go");

        Assert.Equal(["zone.Asia/Tashkent", "zone.Asia/Samarkand"], Offered(state).Where(data => data.StartsWith("zone.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("almaty", "Asia/Almaty")]
    [InlineData("europe/warsaw", "Europe/Warsaw")]
    [InlineData("Buenos Aires", null)]  // two zones end so: America/Buenos_Aires and America/Argentina/Buenos_Aires
    [InlineData("Atlantis", null)]
    public void A_zone_may_be_named_by_its_city_where_that_says_enough(string typed, string? zone)
    {
        var state = Press(Press(Say(NewCaseTalk.Begin(1), "Somebody"), "law.KZ"), "go");

        var said = NewCaseTalk.Answer(state, new Said.Words(typed), Laws);

        Assert.Equal(zone, said.Next!.Zone);
        Assert.Equal(zone is null, said.Remark is not null);
    }

    [Fact]
    public void Typed_codes_say_which_state_comes_first_and_unknown_ones_are_named()
    {
        var state = Say(NewCaseTalk.Begin(1), "Somebody");

        Assert.Equal(["UZ", "KZ"], Say(state, "uz, kz").Laws);
        Assert.Equal("newcase.unknown-law", NewCaseTalk.Answer(state, new Said.Words("KZ XX"), Laws).Remark!.Key);
    }

    [Fact]
    public void A_button_of_an_earlier_question_does_nothing()
    {
        var state = Press(Say(NewCaseTalk.Begin(1), "Somebody"), "law.KZ");

        var stale = NewCaseTalk.Answer(state, new Said.Pressed(state.Turn - 1, "cancel"), Laws);

        Assert.True(stale.IsStale);
        Assert.Equal(state, stale.Next);
    }

    [Fact]
    public void Whatever_is_said_nothing_told_is_lost_and_there_is_always_a_way_on() => Property.ForAll(random => random, random =>
    {
        var state = NewCaseTalk.Begin(1000);
        for (var step = 0; step < 40; step++)
        {
            state = Speaker.Restarted(state);
            var asked = NewCaseTalk.Ask(state, Laws);
            Readable(asked, state.Turn);
            var said = Speaker.Says(random, state.Turn, asked);

            var turn = NewCaseTalk.Answer(state, said, Laws);

            if (turn.Next is not { } next)
            {
                Assert.True(turn.Result is not null || said is Said.Pressed { Data: "cancel" });
                Assert.True(
                    turn.Result is null || (turn.Result.Names.Count > 0 && DateTimeZoneProviders.Tzdb.GetZoneOrNull(turn.Result.Zone) is not null));
                return;
            }

            Kept(state, next, said);
            state = next;
        }
    }, runs: 500);

    private static void Kept(NewCaseState before, NewCaseState after, Said said)
    {
        if (before.At != NewCaseAt.Names || said is not Said.Pressed { Data: "clear" })
            Assert.Equal(before.Names, after.Names.Take(before.Names.Count));
        if (before.At != NewCaseAt.Laws)
            Assert.Equal(before.Laws, after.Laws);
        if (before.At != NewCaseAt.Zone)
            Assert.Equal(before.Zone, after.Zone);
    }

    internal static void Readable(Prompt prompt, int turn)
    {
        Assert.NotEmpty(prompt.In("ru", Catalogs.Shipped).Plain.Trim());
        var choices = prompt.ChoicesIn("ru", Catalogs.Shipped, "newcase", turn).SelectMany(row => row).ToList();
        Assert.Contains(choices, choice => choice.Data.EndsWith(":cancel", StringComparison.Ordinal));
        Assert.All(choices, choice => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(choice.Data), 1, 64));
        Assert.All(choices, choice => Assert.InRange(choice.Label.Length, 1, 50));
    }

    private static IEnumerable<string> Offered(NewCaseState state) =>
        NewCaseTalk.Ask(state, Laws).Options.SelectMany(row => row).Select(option => option.Data);

    private static NewCaseState Say(NewCaseState state, string text) => NewCaseTalk.Answer(state, new Said.Words(text), Laws).Next!;

    private static NewCaseState Press(NewCaseState state, string data) => NewCaseTalk.Answer(state, new Said.Pressed(state.Turn, data), Laws).Next!;
}
