using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public sealed class Somebody_has_an_incident
{
    [PostgresFact]
    public async Task After_an_hour_they_are_asked_and_with_an_answer_it_stays_theirs()
    {
        await using var night = await IncidentNight.BeginAsync();
        await night.PressAsync(night.Advocate, "I'm on it");

        await night.PassAsync(Duration.FromMinutes(60));
        Assert.Contains("Are you still on it?", night.CardsOf(night.Advocate)[^1].Text);
        Assert.Equal("Thank you. You have it.", await night.PressAsync(night.Advocate, "Yes, still"));
        // As the command line prints it of the alert.
        var acks = await night.Bot.ActAsync(async session => await session.Alerts.AcksAsync((await session.Alerts.SinceAsync(night.Incident.OpenedAt))
            .First(alert => alert.Kind == Domain.Alerts.AlertKind.IncidentHeadsUp).Id));
        Assert.Equal([IncidentAct.Taken, IncidentAct.Still], acks.Select(ack => ack.Act));

        Assert.DoesNotContain(night.CardsOf(night.Advocate), card => card.Text.Contains("Are you still on it?"));
        await night.PassAsync(Duration.FromMinutes(40));
        Assert.Equal(Handling.Taken, (await night.NowAsync()).Handling);
        await night.PassAsync(Duration.FromMinutes(20));
        Assert.Contains("Are you still on it?", night.CardsOf(night.Advocate)[^1].Text);
    }

    [PostgresFact]
    public async Task Without_an_answer_it_is_open_again_and_everybody_hears_of_that()
    {
        await using var night = await IncidentNight.BeginAsync();
        await night.PressAsync(night.Advocate, "I'm on it");

        await night.PassAsync(Duration.FromMinutes(75));

        Assert.Equal(Handling.Open, (await night.NowAsync()).Handling);
        Assert.Contains("NOBODY HAS THIS YET", night.CardsOf(night.Coordinator)[^1].Text);
        Assert.Contains("NOBODY HAS THIS YET", night.CardsOf(night.Advocate)[^1].Text);
        Assert.All(night.CardsOf(night.Coordinator), card => Assert.DoesNotContain("Taken by", card.Text));
        Assert.Equal("You have it now. Thank you.", await night.PressAsync(night.Coordinator, "I'm on it"));
    }

    [PostgresFact]
    public async Task Who_must_hand_over_gives_it_to_the_others()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var other = await night.AddFollowerAsync("Aliya");
        await night.ReportAsync();
        await night.PressAsync(night.Advocate, "I'm on it");

        Assert.Equal("It is open again, and the others are told.", await night.PressAsync(night.Advocate, "I must hand over"));

        Assert.Contains("NOBODY HAS THIS YET", night.CardsOf(other)[^1].Text);
        Assert.Contains("You said that you can't", Assert.Single(night.CardsOf(night.Advocate)).Text);
        Assert.Equal("You have it now. Thank you.", await night.PressAsync(other, "I'm on it"));
    }

    [PostgresFact]
    public async Task Of_two_who_press_at_once_one_has_it_and_the_other_is_told()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var other = await night.AddFollowerAsync("Aliya");
        await night.ReportAsync();

        var notices = await Task.WhenAll(
            new[] { night.Advocate, other, night.Coordinator }.Select(
                phone => RunningBot.NoticeOfAsync(phone, night.CardsOf(phone)[0], "I'm on it")));

        Assert.Single(notices, "You have it now. Thank you.");
        Assert.Equal(2, notices.Count(notice => notice == "Somebody else took it before you."));
    }

    [PostgresFact]
    public async Task In_a_group_only_those_cleared_can_press_and_details_go_to_their_private_chat()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var outsider = await night.Bot.AddAsync(Role.Advocate, "Outsider");
        var group = night.Bot.Sandbox.AddGroup("Friends", [night.Coordinator, night.Advocate, outsider]);
        group.AddBot(night.Coordinator);
        await RunningBot.SayAsync(night.Coordinator, group, $"/link {night.Case.Code}");
        await night.ReportAsync();
        var card = await group.WaitForTextAsync(night.Incident.Code.Text);
        Assert.DoesNotContain("Testbay", card.Text);
        Assert.DoesNotContain("Almaty", card.Text);

        Assert.Equal("This is for people who follow this case.", await RunningBot.NoticeOfAsync(outsider, card, "Can't"));
        // A member of a linked group is offered to follow the case, and reads no name before.
        foreach (var button in new[] { "I'm on it", "Details" })
            Assert.Equal("See your private chat with me.", await RunningBot.NoticeOfAsync(outsider, card, button));
        Assert.Equal("See your private chat with me.", await RunningBot.NoticeOfAsync(night.Advocate, card, "Details"));
        await night.Bot.SettleAsync();
        Assert.Contains("What was done", night.Advocate.Messages[^1].Text);
        Assert.Contains("Testbay", night.Advocate.Messages[^1].Text);
        Assert.Equal("You have it now. Thank you.", await RunningBot.NoticeOfAsync(night.Advocate, card, "I'm on it"));
        await night.Bot.SettleAsync();

        Assert.Equal(Handling.Taken, (await night.NowAsync()).Handling);
        Assert.All(group.Messages, message => Assert.DoesNotContain("Testbay", message.Text));
        Assert.Contains("An advocate has it", group.Messages.Single(message => message.Id == card.Id).Text);
        Assert.DoesNotContain(outsider.Messages, message => message.Text.Contains("Testbay"));
    }

    [PostgresFact]
    public async Task A_note_stands_on_the_cards_of_those_cleared_and_on_no_group()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var group = night.Bot.Sandbox.AddGroup("Friends", [night.Coordinator]);
        group.AddBot(night.Coordinator);
        await RunningBot.SayAsync(night.Coordinator, group, $"/link {night.Case.Code}");
        await night.ReportAsync();
        await night.PressAsync(night.Advocate, "I'm on it");

        await night.PressAsync(night.Advocate, "Lawyer on the way");
        await night.PressAsync(night.Advocate, "Add a note");
        Assert.StartsWith("Noted.", (await RunningBot.SayAsync(night.Advocate, "He is at the *seventh* station")).Text);
        await night.Bot.SettleAsync();

        var card = night.CardsOf(night.Coordinator)[0].Text;
        Assert.Contains("a lawyer is on the way", card);
        Assert.Contains("He is at the *seventh* station", card);
        Assert.All(group.Messages, message => Assert.DoesNotContain("station", message.Text));
        await night.PressAsync(night.Coordinator, "Details");
        Assert.Contains("He is at the *seventh* station", night.Coordinator.Messages[^1].Text);
        Assert.Contains("Told: 1 group, 1 advocate, 1 coordinator.", night.Coordinator.Messages[^1].Text);
    }

    [PostgresFact]
    public async Task It_is_closed_with_an_outcome_that_may_go_on_the_timeline_of_the_case()
    {
        await using var night = await IncidentNight.BeginAsync();
        Assert.DoesNotContain(night.CardsOf(night.Advocate)[0].AllButtons, button => button.Text == "Close…");
        await night.PressAsync(night.Advocate, "I'm on it");

        await night.PressAsync(night.Advocate, "Close…");
        var asked = night.Advocate.Messages[^1];
        Assert.Equal(["Released", "Confirmed held", "Handed over", "False alarm", "Other"], asked.AllButtons.Select(button => button.Text));
        Assert.Contains("the coordinators are asked now: released", (await RunningBot.PressAsync(night.Advocate, asked, "Released")).Text);
        await night.Bot.SettleAsync();
        var proposed = night.CardsOf(night.Coordinator)[^1];
        Assert.Contains("says that it is over: released. A coordinator decides.", proposed.Text);
        var ended = await RunningBot.AnswerToAsync(night.Coordinator, proposed, "✅ Yes, close it so");
        await night.Bot.SettleAsync();
        ended = night.Coordinator.Messages.Last(message => message.AllButtons.Any(button => button.Text == "Put it on the case"));
        await RunningBot.PressAsync(night.Coordinator, ended, "Put it on the case");
        await night.Bot.SettleAsync();

        var (incident, file) = (await night.NowAsync(), await night.Bot.ActAsync(async session => (await session.Cases.FindAsync(night.Case.Id))!));
        Assert.Equal((Handling.Closed, Outcome.Released, null), (incident.Handling, incident.Outcome, incident.LookAt));
        var recorded = Assert.Single(file.Events);
        Assert.Equal(("release", new LocalDate(2026, 3, 2), null), (recorded.Kind.Code, recorded.When!.Day, recorded.ConfirmedBy));
        Assert.All(night.CardsOf(night.Coordinator).Take(1), card => Assert.Contains("Closed: released", card.Text));
        var cards = night.CardsOf(night.Coordinator).Count;
        await night.PassAsync(Duration.FromHours(2));
        Assert.Equal(cards, night.CardsOf(night.Coordinator).Count);
    }

    [PostgresFact]
    public async Task Mine_lists_what_somebody_has_and_opens_its_card()
    {
        await using var night = await IncidentNight.BeginAsync();
        Assert.Equal("You have taken nothing on.", (await RunningBot.SayAsync(night.Advocate, "/mine")).Text);
        await night.PressAsync(night.Advocate, "I'm on it");

        var list = await RunningBot.SayAsync(night.Advocate, "/mine");
        Assert.DoesNotContain("Testbay", list.Text);
        var card = await RunningBot.AnswerToAsync(night.Advocate, list, night.Incident.Code.Text);
        Assert.Contains("Testbay Invented", card.Text);
        // A card that somebody asked for is edited like the others.
        var open = await RunningBot.PressAsync(night.Advocate, card, "I must hand over");
        Assert.Contains("Nobody has taken this yet.", open.Text);
    }

    [PostgresFact]
    public async Task A_false_alarm_says_so_on_every_card()
    {
        await using var night = await IncidentNight.BeginAsync();

        await night.PressAsync(night.Coordinator, "Close…");
        await RunningBot.PressAsync(night.Coordinator, night.Coordinator.Messages[^1], "False alarm");
        await night.Bot.SettleAsync();

        Assert.Contains("NOT TRUE", night.CardsOf(night.Advocate)[0].Text);
        Assert.Empty(night.CardsOf(night.Advocate)[0].AllButtons);
        // A silent edit may be overlooked, so everybody who was told also gets a message.
        Assert.Equal(2, night.CardsOf(night.Advocate).Count);
    }

    [PostgresFact]
    public async Task An_advocate_who_follows_no_such_case_can_do_nothing_with_a_forged_button()
    {
        await using var night = await IncidentNight.BeginAsync();
        var outsider = await night.Bot.AddAsync(Role.Advocate, "Outsider");
        var any = outsider.Messages[^1];

        foreach (var act in new[] { "take", "cant", "still", "hand", "lawyer", "note", "more", "card",
            "show", "hide", "end", "end.released", "event" })
        {
            var notice = await outsider.PressData(any, $"inc:{act}:{night.Incident.Code}").Answer.WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal("This is for people who follow this case.", notice);
        }

        // A cleared person who has not taken it can neither end it nor give it away.
        await night.PressAsync(night.Coordinator, "I'm on it");
        foreach (var act in new[] { "still", "hand", "end", "end.released", "end.nonsense", "end.duplicate", "event", "e", "" })
            await night.Advocate.PressData(night.Advocate.Messages[^1], $"inc:{act}:{night.Incident.Code}").Answer.WaitAsync(
                TimeSpan.FromSeconds(10));
        Assert.Equal(Handling.Taken, (await night.NowAsync()).Handling);
        Assert.Equal(await night.PersonAsync(night.Coordinator), (await night.NowAsync()).TakenBy);
    }
}
