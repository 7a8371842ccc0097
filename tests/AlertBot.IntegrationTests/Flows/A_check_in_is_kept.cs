using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.CheckIns;
using AlertBot.Workflows.Reports;
using NodaTime;
using static AlertBot.IntegrationTests.Flows.Somebody_checks_in;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_check_in_is_kept
{
    private static readonly Duration Grace = Duration.FromMinutes(30);

    [PostgresFact]
    public async Task By_the_clock_where_the_person_lives_on_the_days_they_chose()
    {
        await using var bot = await RunningBot.StartAsync();    // A Monday.
        var person = bot.Sandbox.AddPerson("Person", "en");
        var asked = await RunningBot.PressAsync(person, await RunningBot.SayAsync(person, "/checkin"), "Continue");
        asked = await RunningBot.PressAsync(person, asked, "On certain days");
        asked = await RunningBot.PressAsync(person, asked, "Tuesday");
        asked = await RunningBot.PressAsync(person, asked, "Continue");
        asked = await RunningBot.PressAsync(person, asked, "21:00");
        asked = await RunningBot.PressAsync(person, asked, "Almaty");
        asked = await RunningBot.PressAsync(person, asked, "1 hour");
        asked = await RunningBot.PressAsync(person, asked, "No name");
        Assert.Contains("Tuesday, at 21:00 (time of Almaty)", asked.Text);

        var page = await RunningBot.PressAsync(person, asked, "That is right");

        Assert.Contains("Next question: 3 March 2026, 21:00", page.Text);
        page = await RunningBot.PressAsync(person, await RunningBot.PressAsync(person, page, "Change"), "Other times");
        page = await RunningBot.SayAsync(person, "22:30");
        page = await RunningBot.PressAsync(person, page, "That is right");
        Assert.Contains("Next question: 2 March 2026, 22:30", page.Text);
    }

    [PostgresFact]
    public async Task Through_a_pause_that_ends_by_itself()
    {
        await using var bot = await RunningBot.StartAsync();
        var person = await OptedInAsync(bot);
        var page = await RunningBot.PressAsync(person, await RunningBot.SayAsync(person, "/checkin"), "Pause");
        Assert.Contains("The pause begins once", (await RunningBot.PressAsync(person, page, "3 days")).Text);
        await PassAsync(bot, Duration.FromHours(6));
        await RunningBot.PressAsync(person, person.Messages[^1], "I am well");
        var asked = person.Messages.Count(message => message.Text.StartsWith("Are you well?", StringComparison.Ordinal));

        await PassAsync(bot, Duration.FromDays(3));
        Assert.Equal(asked, person.Messages.Count(message => message.Text.StartsWith("Are you well?", StringComparison.Ordinal)));
        await PassAsync(bot, Duration.FromHours(6));
        await person.WaitForTextAsync("Are you well?");
    }

    [PostgresFact]
    public async Task A_link_works_once_for_somebody_else_and_guessing_is_stopped()
    {
        await using var bot = await RunningBot.StartAsync();
        var (person, contact, other) = (await OptedInAsync(bot), bot.Sandbox.AddPerson("Contact", "en"), bot.Sandbox.AddPerson("Other", "en"));
        var link = await LinkAsync(person);
        Assert.Contains("your own link", (await RunningBot.SayAsync(person, "/start " + link)).Text);
        var asked = await RunningBot.SayAsync(contact, "/start " + link);
        await RunningBot.PressAsync(contact, asked, "Yes, tell me");
        Assert.Contains("I do not know this link", (await RunningBot.SayAsync(other, "/start " + link)).Text);

        var good = await LinkAsync(person);
        for (var guess = 1; guess < CheckInContacts.MostWrongContactLinks; guess++)
            await RunningBot.SayAsync(other, "/start c" + new string('0', 26));
        Assert.Contains("I do not know this link", (await RunningBot.SayAsync(other, "/start " + good)).Text);
        bot.Clock.Advance(Duration.FromDays(4));
        Assert.Contains("I do not know this link", (await RunningBot.SayAsync(other, "/start " + good)).Text);
    }

    [PostgresFact]
    public async Task Contacts_leave_or_are_removed_and_there_are_only_so_many()
    {
        await using var bot = await RunningBot.StartAsync();
        var (person, contact) = (await OptedInAsync(bot), bot.Sandbox.AddPerson("Contact", "en"));
        await ContactAsync(person, contact);
        var agreed = contact.Messages.Last(message => message.Text.Contains("I write to you when there is no answer"));
        Assert.Contains("Done.", (await RunningBot.PressAsync(contact, agreed, "Stop telling me")).Text);
        await person.WaitForTextAsync("does not want to be told any more. Contacts now: 0");

        for (var link = 0; link < CheckInPolicy.Usual.MostContacts; link++)
            await LinkAsync(person);
        var page = await RunningBot.SayAsync(person, "/checkin");
        Assert.Contains("can be reached: 0", page.Text);
        Assert.Contains("Remove one first", await RunningBot.NoticeOfAsync(person, page, "Add a contact"));
        var list = await RunningBot.PressAsync(person, page, "Contacts");
        Assert.DoesNotContain(
            (await RunningBot.PressAsync(person, list, "Remove 5")).AllButtons, button => button.Text == "Remove 5");
    }

    [PostgresFact]
    public async Task Who_stops_it_in_the_middle_says_nothing_of_being_well()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var (person, contact) = (await OptedInAsync(bot), bot.Sandbox.AddPerson("Contact", "en"));
        await ContactAsync(person, contact);
        foreach (var time in new[] { Duration.FromHours(6), Grace, Grace, Grace })
            await PassAsync(bot, time);

        await RunningBot.SayAsync(person, "/stop");

        Assert.Contains("I do not know whether they are well", (await contact.WaitForTextAsync("the check-in was ended")).Text);
        await coordinator.WaitForTextAsync("without “I am well”");
        Assert.Single(await bot.ActAsync(session => session.Incidents.OpenAsync()));
    }

    [PostgresFact]
    public async Task Until_it_is_forgotten_with_every_name_and_contact()
    {
        // Nothing is encrypted, so that the search finds whatever is left.
        await using var bot = await RunningBot.StartAsync(vault: Vault.WithoutEncryption);
        await bot.AddAsync(Role.Coordinator, "Marta");
        var (person, contact) = (await OptedInAsync(bot), bot.Sandbox.AddPerson("Contact", "en"));
        await ContactAsync(person, contact);
        foreach (var time in new[] { Duration.FromHours(6), Grace, Grace, Grace })
            await PassAsync(bot, time);
        Assert.True((await DatabaseDump.OfAsync(bot.ConnectionString)).Has("Quixotic"));

        Assert.Contains("Your check-in ends with it", (await RunningBot.SayAsync(person, "/forget")).Text);
        foreach (var phone in new[] { person, contact })
            await RunningBot.PressAsync(phone, await RunningBot.SayAsync(phone, "/forget"), "Yes, delete it");
        await bot.SettleAsync();
        await bot.Get<ForgetReporters>().RunAsync(CancellationToken.None);

        var after = await DatabaseDump.OfAsync(bot.ConnectionString);
        Assert.All(
            new[] { "Quixotic", person.Address.Value, contact.Address.Value }, secret => Assert.False(after.Has(secret), $"{secret} is still there"));
    }
}
