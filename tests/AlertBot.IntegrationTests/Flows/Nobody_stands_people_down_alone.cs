using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>One person says that it is over; a second one decides, or everybody who was told can undo it.</summary>
public sealed class Nobody_stands_people_down_alone
{
    [PostgresFact]
    public async Task An_advocate_who_says_that_it_is_a_false_alarm_asks_the_coordinators_and_it_goes_on()
    {
        await using var night = await IncidentNight.BeginAsync();
        var follower = await night.AddFollowerAsync("Ruth");
        await night.PressAsync(night.Coordinator, "Verify & alert");
        await night.PressAsync(night.Advocate, "I'm on it");
        var cards = night.CardsOf(night.Coordinator).Count;

        await night.PressAsync(night.Advocate, "Close…");
        await RunningBot.PressAsync(night.Advocate, night.Advocate.Messages[^1], "False alarm");
        await night.Bot.SettleAsync();

        var now = await night.NowAsync();
        Assert.Equal((Handling.Taken, Standing.Verified), (now.Handling, now.Standing));
        Assert.DoesNotContain(follower.Messages, message => message.Text.Contains("NOT TRUE", StringComparison.Ordinal));
        // A new message, so that it makes a sound. The person who proposed it is still asked whether they are on it.
        Assert.Equal(cards + 1, night.CardsOf(night.Coordinator).Count);
        await night.PassAsync(Duration.FromMinutes(61));
        Assert.Contains("Are you still on it?", night.CardsOf(night.Advocate)[^1].Text, StringComparison.Ordinal);

        Assert.Equal("Noted: it goes on.", await night.PressAsync(night.Coordinator, "No, it goes on"));
        Assert.DoesNotContain(night.CardsOf(night.Coordinator), card => card.Text.Contains("says that it is over", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Whoever_was_told_that_it_is_over_opens_it_again_and_all_is_as_it_was()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var follower = await night.AddFollowerAsync("Ruth");
        var group = night.Bot.Sandbox.AddGroup("Friends", [night.Coordinator]);
        group.AddBot(night.Coordinator);
        await RunningBot.SayAsync(night.Coordinator, group, $"/link {night.Case.Code}");
        await night.ReportAsync();
        await night.PressAsync(night.Coordinator, "Verify & alert");
        await night.PressAsync(night.Advocate, "I'm on it");
        await night.PressAsync(night.Advocate, "Close…");
        await RunningBot.PressAsync(night.Advocate, night.Advocate.Messages[^1], "Released");
        await night.Bot.SettleAsync();

        await night.PressAsync(night.Coordinator, "✅ Yes, close it so");
        var offer = night.Coordinator.Messages.Last(message => message.AllButtons.Any(button => button.Text == "Put it on the case"));
        await RunningBot.PressAsync(night.Coordinator, offer, "Put it on the case");
        await night.Bot.SettleAsync();

        // A message names who decided; in the group it leaves out the sign.
        var told = follower.Messages.Last(message => message.Text.Contains("is closed: released", StringComparison.Ordinal));
        var sign = PersonSign.Of(await night.PersonAsync(night.Coordinator));
        Assert.Contains($"Decided by coordinator {sign}.", told.Text, StringComparison.Ordinal);
        Assert.Contains(night.Advocate.Messages, message => message.Text.Contains("is closed: released", StringComparison.Ordinal));
        var inGroup = group.Messages.Last(message => message.Text.Contains("is closed: released", StringComparison.Ordinal));
        Assert.DoesNotContain(sign, inGroup.Text, StringComparison.Ordinal);

        var heard = night.CardsOf(night.Advocate).Count;
        Assert.Equal(
            "It is open again, and everybody is told.", await RunningBot.NoticeOfAsync(follower, told, "That is wrong: open it again"));
        await night.Bot.SettleAsync();

        var now = await night.NowAsync();
        Assert.Equal((Handling.Open, Standing.Verified, null), (now.Handling, now.Standing, now.Outcome));
        Assert.NotNull(now.LookAt);
        Assert.Equal(heard + 1, night.CardsOf(night.Advocate).Count);
        Assert.Contains("OPEN AGAIN, it is not over", night.CardsOf(night.Advocate)[^1].Text, StringComparison.Ordinal);
        Assert.Contains(group.Messages, message => message.Text.Contains("OPEN AGAIN", StringComparison.Ordinal));
        var file = await night.Bot.ActAsync(async session => (await session.Cases.FindAsync(night.Case.Id))!);
        Assert.False(Assert.Single(file.Events).Preferred);
        Assert.Equal(Domain.Cases.CaseStatus.Open, file.Status);
        // The escalation begins anew.
        await night.PassAsync(Duration.FromMinutes(4));
        Assert.Contains("NOBODY HAS THIS YET", night.CardsOf(follower)[^1].Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_one_coordinator_took_back_as_untrue_is_true_again_by_one_press_of_whoever_was_told()
    {
        await using var night = await IncidentNight.BeginAsync();
        await night.PressAsync(night.Coordinator, "Verify & alert");
        await night.PressAsync(night.Coordinator, "False alarm");
        Assert.Equal(Standing.Retracted, (await night.NowAsync()).Standing);

        var told = night.Advocate.Messages.Last(message => message.Text.Contains("is NOT TRUE", StringComparison.Ordinal));
        await RunningBot.NoticeOfAsync(night.Advocate, told, "That is wrong: open it again");
        await night.Bot.SettleAsync();

        Assert.Equal((Standing.Verified, Handling.Open), ((await night.NowAsync()).Standing, (await night.NowAsync()).Handling));
        Assert.Contains("OPEN AGAIN", night.CardsOf(night.Coordinator)[^1].Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task After_a_day_only_a_coordinator_opens_it_again_and_nobody_who_was_not_told()
    {
        await using var night = await IncidentNight.BeginAsync();
        var outsider = await night.Bot.AddAsync(Role.Advocate, "Outsider");
        await night.PressAsync(night.Coordinator, "False alarm");
        var told = night.Advocate.Messages.Last(message => message.Text.Contains("is NOT TRUE", StringComparison.Ordinal));

        var forged = outsider.PressData(outsider.Messages[^1], $"inc:reopen:{night.Incident.Code}");
        Assert.Equal("This is for people who follow this case.", await forged.Answer.WaitAsync(TimeSpan.FromSeconds(10)));
        night.Bot.Clock.Advance(Duration.FromHours(25));
        Assert.StartsWith("The day is over", await RunningBot.NoticeOfAsync(night.Advocate, told, "That is wrong: open it again"));
        Assert.Equal("It is open again, and everybody is told.", await night.PressAsync(night.Coordinator, "Open it again"));
        Assert.Equal(Standing.Unverified, (await night.NowAsync()).Standing);
    }

    [PostgresFact]
    public async Task Two_that_were_joined_part_again_each_with_its_own_reports()
    {
        await using var night = await IncidentNight.BeginAsync();
        var first = night.Incident;
        await night.ReportAsync("somebody was led away", "Another Unknown");
        var second = night.Incident;
        Assert.NotEqual(first.Id, second.Id);
        var card = night.CardsOf(night.Coordinator).Last(message => message.AllButtons.Any(button => button.Text == "Duplicate"));
        var asked = await RunningBot.AnswerToAsync(night.Coordinator, card, "Duplicate");
        await RunningBot.NoticeOfAsync(night.Coordinator, asked, first.Code.Text);
        await night.Bot.SettleAsync();
        Assert.Equal(Outcome.Duplicate, (await night.NowAsync()).Outcome);

        await night.PressAsync(night.Coordinator, "Open it again");

        var reports = await night.Bot.ActAsync(async session =>
            (First: await session.Reports.OfAsync(first.Id), Second: await session.Reports.OfAsync(second.Id)));
        Assert.Equal((1, 1, null), (reports.First.Count, reports.Second.Count, (await night.NowAsync()).DuplicateOf));
    }

    [PostgresFact]
    public async Task What_its_reporter_names_later_goes_on_in_the_other_one_and_one_press_parts_them()
    {
        await using var night = await IncidentNight.BeginAsync();
        var first = night.Incident;
        var witness = night.Bot.Sandbox.AddPerson("Second Witness", "en");
        var asked = await RunningBot.SayAsync(witness, "two men took my neighbour from the market");
        Assert.Contains("Who is it about?", asked.Text, StringComparison.Ordinal);
        await night.Bot.SettleAsync();
        var second = (await night.Bot.ActAsync(session => session.Incidents.OpenAsync())).Single(one => one.Id != first.Id);

        await RunningBot.SayAsync(witness, "Invented Testbay");
        await night.Bot.SettleAsync();

        // With sound, under the code where it goes on; the card of the other says so.
        Assert.Contains(night.Coordinator.Messages, message => message.Text.Contains("from the market", StringComparison.Ordinal)
            && message.Text.Contains(night.Case.Code.Text, StringComparison.Ordinal) && !message.Text.StartsWith("📥", StringComparison.Ordinal));
        var closed = await night.Bot.ActAsync(async session => (await session.Incidents.FindAsync(second.Id))!);
        Assert.Equal((Handling.Closed, Outcome.Duplicate, first.Id), (closed.Handling, closed.Outcome, closed.DuplicateOf));
        Assert.Equal(2, (await night.Bot.ActAsync(session => session.Reports.OfAsync(first.Id))).Count);

        var card = night.Coordinator.Messages.Last(message => message.Text.Contains(second.Code.Text, StringComparison.Ordinal)
            && message.AllButtons.Any(button => button.Text == "Open it again"));
        Assert.Equal("It is open again, and everybody is told.", await RunningBot.NoticeOfAsync(night.Coordinator, card, "Open it again"));
        await night.Bot.SettleAsync();
        var reports = await night.Bot.ActAsync(async session =>
            (First: await session.Reports.OfAsync(first.Id), Second: await session.Reports.OfAsync(second.Id)));
        Assert.Equal((1, 1), (reports.First.Count, reports.Second.Count));
    }

    [PostgresFact]
    public async Task What_somebody_has_is_not_ended_by_a_name_that_its_reporter_gives()
    {
        await using var night = await IncidentNight.BeginAsync();
        var witness = night.Bot.Sandbox.AddPerson("Second Witness", "en");
        await RunningBot.SayAsync(witness, "two men took my neighbour from the market");
        await night.Bot.SettleAsync();
        var second = (await night.Bot.ActAsync(session => session.Incidents.OpenAsync())).Single(one => one.Id != night.Incident.Id);
        var card = night.Coordinator.Messages.Last(message => message.Text.Contains(second.Code.Text, StringComparison.Ordinal));
        await RunningBot.NoticeOfAsync(night.Coordinator, card, "I'm on it");

        await RunningBot.SayAsync(witness, "Invented Testbay");
        await night.Bot.SettleAsync();

        var now = await night.Bot.ActAsync(async session => (await session.Incidents.FindAsync(second.Id))!);
        Assert.Equal((Handling.Taken, night.Case.Id), (now.Handling, now.Case));
        Assert.Contains(night.Advocate.Messages, message => message.Text.Contains("UNVERIFIED", StringComparison.Ordinal)
            && message.Text.Contains(second.Code.Text, StringComparison.Ordinal));
    }
}
