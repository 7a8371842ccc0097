using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;
using static AlertBot.IntegrationTests.Flows.Somebody_checks_in;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>
/// Somebody who holds the phone of a person at risk can press its buttons. A change that leaves the person alone is told to others, and waits.
/// </summary>
public sealed class A_check_in_is_not_stripped_unheard
{
    private static readonly Duration Grace = Duration.FromMinutes(30);
    private const string Word = "Kingfisher";
    private const string Duress = "Blue heron";

    [PostgresFact]
    public async Task Ending_it_is_told_to_the_contacts_and_waits_for_one_more_answer()
    {
        await using var bot = await RunningBot.StartAsync();
        var (person, contact) = await WithContactAsync(bot);

        var waits = await EndAsync(person);
        Assert.Contains("The check-in ends once you have answered one more question", waits.Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        Assert.Contains("wants to end the check-in", contact.Messages[^1].Text, StringComparison.Ordinal);

        await PassAsync(bot, Duration.FromHours(6));
        var question = await person.WaitForTextAsync("Are you well?");
        Assert.Contains("all of it is deleted", (await RunningBot.PressAsync(person, question, "I am well")).Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        Assert.Contains("the check-in was ended", contact.Messages[^1].Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_silence_after_somebody_wanted_to_end_it_is_a_silence()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var (person, _) = await WithContactAsync(bot);
        await EndAsync(person);

        foreach (var time in new[] { Duration.FromHours(6), Grace, Grace, Grace })
            await PassAsync(bot, time);

        await coordinator.WaitForTextAsync("No answer to their check-in");
    }

    [PostgresFact]
    public async Task With_the_word_it_happens_at_once()
    {
        await using var bot = await RunningBot.StartAsync();
        var (person, contact) = await WithContactAsync(bot);
        await SetWordsAsync(person);
        await EndAsync(person);
        Assert.Contains("all of it is deleted", (await RunningBot.SayAsync(person, "kingfisher.")).Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        Assert.Contains("the check-in was ended", contact.Messages[^1].Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task The_other_word_looks_the_same_to_the_letter_and_alarms_quietly()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var (person, contact) = await WithContactAsync(bot);
        await SetWordsAsync(person);
        await PassAsync(bot, Duration.FromHours(6));
        await person.WaitForTextAsync("Are you well?");
        var well = await RunningBot.SayAsync(person, Word);
        await PassAsync(bot, Duration.FromHours(6));
        await bot.SettleAsync();

        var looks = await RunningBot.SayAsync(person, Duress);

        Assert.Equal(well.Text.Split(':')[0], looks.Text.Split(':')[0]);
        await bot.SettleAsync();
        await contact.WaitForTextAsync("I am NOT well");
        var card = await coordinator.WaitForTextAsync("They used the word that looks like “I am well”");
        // Nothing on that phone reveals that anybody knows: no report is listed, nobody asks there, and the page says that all is planned.
        Assert.StartsWith("You have not sent a report", (await RunningBot.SayAsync(person, "/status")).Text, StringComparison.Ordinal);
        Assert.Contains("Next question", (await RunningBot.SayAsync(person, "/checkin")).Text, StringComparison.Ordinal);
        await RunningBot.NoticeOfAsync(coordinator, card, "Ask reporter");
        await coordinator.WaitForTextAsync("cannot be asked");
        // The answer "I am well" afterwards closes nothing.
        await PassAsync(bot, Duration.FromHours(6));
        await RunningBot.SayAsync(person, Word);
        await bot.SettleAsync();
        Assert.Single(await bot.ActAsync(session => session.Incidents.OpenAsync()));
    }

    [PostgresFact]
    public async Task Whoever_does_not_know_the_word_chooses_no_new_one()
    {
        await using var bot = await RunningBot.StartAsync();
        var (person, _) = await WithContactAsync(bot);
        await SetWordsAsync(person);

        var page = await RunningBot.SayAsync(person, "/checkin");
        Assert.Contains("present word", (await RunningBot.AnswerToAsync(person, page, "My words")).Text, StringComparison.Ordinal);
        Assert.Contains("not your word", (await RunningBot.SayAsync(person, "Sparrow")).Text, StringComparison.Ordinal);
        Assert.Null(await bot.ActAsync(async session => await session.CheckIns.IsWordAsync((await OneAsync(session, person)).Id, "Sparrow")));
    }

    [PostgresFact]
    public async Task A_longer_pause_a_contact_less_and_longer_waits_are_told_and_wait_too()
    {
        await using var bot = await RunningBot.StartAsync();
        var (person, contact) = await WithContactAsync(bot);
        var page = await RunningBot.PressAsync(person, await RunningBot.SayAsync(person, "/checkin"), "Pause");
        await RunningBot.PressAsync(person, page, "7 days");
        await bot.SettleAsync();
        Assert.Contains("wants to pause the check-in for more than a day", contact.Messages[^1].Text, StringComparison.Ordinal);
        await PassAsync(bot, Duration.FromHours(6));
        var question = await person.WaitForTextAsync("Are you well?");
        await RunningBot.PressAsync(person, question, "I am well");
        Assert.True((await OfAsync(bot, person)).IsPaused);

        var list = await RunningBot.PressAsync(person, await RunningBot.SayAsync(person, "/checkin"), "Contacts");
        await RunningBot.PressAsync(person, list, "Remove 1");
        await bot.SettleAsync();
        Assert.Contains("wants to remove one of their contacts", contact.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Single(await bot.ActAsync(async session => await session.CheckIns.Contacts.OfAsync((await OneAsync(session, person)).Id)));

        var change = await RunningBot.PressAsync(person, await RunningBot.SayAsync(person, "/checkin"), "Change");
        change = await RunningBot.PressAsync(person, change, "Another waiting time");
        change = await RunningBot.PressAsync(person, change, "4 hours");
        await RunningBot.PressAsync(person, change, "That is right");
        await bot.SettleAsync();
        Assert.Contains("to have longer to answer", contact.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal(Grace, (await OfAsync(bot, person)).Grace);
    }

    [PostgresFact]
    public async Task A_press_from_a_suspended_phone_closes_no_silence()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var (person, _) = await WithContactAsync(bot);
        await PassAsync(bot, Duration.FromHours(6));
        var question = await person.WaitForTextAsync("Are you well?");
        await bot.ActAsync(async session => await session.People.FreezeAsync(
            (await session.Addresses.FindAsync(person.Address))!.Person!.Value, null));

        Assert.Contains("out of date", await RunningBot.NoticeOfAsync(person, question, "I am well"), StringComparison.Ordinal);
        foreach (var time in new[] { Grace, Grace, Grace })
            await PassAsync(bot, time);
        await coordinator.WaitForTextAsync("No answer to their check-in");
    }

    private static async Task<(SandboxPhone Person, SandboxPhone Contact)> WithContactAsync(RunningBot bot)
    {
        var (person, contact) = (await OptedInAsync(bot), bot.Sandbox.AddPerson("Contact", "en"));
        await ContactAsync(person, contact);
        await bot.SettleAsync();
        return (person, contact);
    }

    private static async Task<SandboxMessage> EndAsync(SandboxPhone person)
    {
        var asked = await RunningBot.PressAsync(person, await RunningBot.SayAsync(person, "/checkin"), "End the check-in");
        return await RunningBot.PressAsync(person, asked, "Yes, end it");
    }

    private static async Task SetWordsAsync(SandboxPhone person)
    {
        await RunningBot.AnswerToAsync(person, await RunningBot.SayAsync(person, "/checkin"), "My words");
        await RunningBot.SayAsync(person, Word);
        Assert.Contains("Both words are set", (await RunningBot.SayAsync(person, Duress)).Text, StringComparison.Ordinal);
    }

    private static async Task<CheckIn> OneAsync(Postgres.Session session, SandboxPhone person) =>
        (await session.CheckIns.OfAsync((await session.Addresses.FindAsync(person.Address))!.Person!.Value))!;
}
