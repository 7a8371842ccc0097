using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.CheckIns;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

public sealed class Somebody_checks_in
{
    private const string Name = "Invented Quixotic";
    private static readonly Duration Grace = Duration.FromMinutes(30);

    [PostgresFact]
    public async Task Silence_goes_first_to_them_then_to_contacts_then_becomes_a_draft_and_the_answer_ends_it_for_all_who_were_told()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var (person, contact, late) = (await OptedInAsync(bot), bot.Sandbox.AddPerson("Contact", "en"), bot.Sandbox.AddPerson("Late", "en"));
        await ContactAsync(person, contact);

        await PassAsync(bot, Duration.FromHours(6));
        var question = await person.WaitForTextAsync("Are you well? Please answer");
        await PassAsync(bot, Grace);
        await person.WaitForTextAsync("In 30 minutes I will tell your contacts");
        Assert.DoesNotContain(contact.Messages, message => message.Text.Contains(Name) && message.Text.StartsWith('⚠'));

        await PassAsync(bot, Grace);
        Assert.Contains(Name, (await contact.WaitForTextAsync("no answer to the check-in")).Text);
        // A contact who agrees only now was not told of this silence, and is not told of its end.
        await ContactAsync(person, late);
        Assert.DoesNotContain(coordinator.Messages, message => message.Text.Contains("new report"));

        await PassAsync(bot, Grace);
        var card = await coordinator.WaitForTextAsync("No answer to their check-in");
        Assert.Contains("new report", card.Text);
        Assert.Contains(Name, card.Text);
        Assert.Contains("2026-03-02 15:00", card.Text);

        await RunningBot.PressAsync(person, question, "I am well");
        await bot.SettleAsync();
        await contact.WaitForTextAsync("answered “I am well”");
        await coordinator.WaitForTextAsync("the person answered the check-in");
        await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && message.Text.Contains("Closed"));
        Assert.DoesNotContain(late.Messages, message => message.Text.Contains("answered “I am well”"));
        // The other questions lose their button, and nothing more is sent.
        Assert.All(
            person.Messages.Where(message => message.AllButtons.Any(button => button.Text == "I am well")),
            page => Assert.Contains("Before each step", page.Text));
        Assert.Empty(await bot.ActAsync(session => session.Incidents.OpenAsync()));
        await PassAsync(bot, Duration.FromHours(5));
        Assert.Single(contact.Messages, message => message.Text.Contains("no answer to the check-in"));
    }

    [PostgresFact]
    public async Task An_answer_in_time_is_heard_by_nobody_else()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var (person, contact) = (await OptedInAsync(bot), bot.Sandbox.AddPerson("Contact", "en"));
        await ContactAsync(person, contact);
        var (heard, told) = (contact.Messages.Count, coordinator.Messages.Count);

        for (var day = 0; day < 3; day++)
        {
            await PassAsync(bot, Duration.FromHours(6));
            var answered = await RunningBot.PressAsync(person, person.Messages[^1], "I am well");
            Assert.Contains("Next question", answered.Text);
        }

        Assert.Equal((heard, told), (contact.Messages.Count, coordinator.Messages.Count));
        await PassAsync(bot, Duration.FromHours(5));
        Assert.Equal(3, person.Messages.Count(message => message.Text.StartsWith("✅ Good, thank you.", StringComparison.Ordinal)));
    }

    [PostgresFact]
    public async Task Of_somebody_registered_it_stays_a_draft_until_a_coordinator_stands_for_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator, "Marta"), await bot.AddAsync(Role.Advocate, "Dana"));
        var file = await bot.OpenCaseAsync(Name);
        await bot.FollowAsync(advocate, file);
        var (_, card) = await SilentAsync(bot, coordinator);
        Assert.Contains(file.Code.Text, card.Text);
        Assert.DoesNotContain(advocate.Messages, message => message.Text.Contains("check-in"));

        await RunningBot.PressAsync(coordinator, card, "Verify & alert");

        Assert.Contains(Name, (await advocate.WaitForTextAsync("No answer to their check-in")).Text);
    }

    [PostgresFact]
    public async Task What_others_tell_of_the_same_name_gathers_with_it_and_is_not_undone_by_the_answer()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var (person, card) = await SilentAsync(bot, coordinator);
        Assert.Contains("Nobody reports it so far", card.Text);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await RunningBot.PressAsync(witness, await RunningBot.SayAsync(witness, "/report"), "arrested");
        await RunningBot.PressAsync(witness, await RunningBot.SayAsync(witness, Name), "➤ That is all");
        await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && message.Text.Contains("One person reports it"));

        await RunningBot.PressAsync(person, person.Messages[^1], "I am well");
        await coordinator.WaitForTextAsync("the person answered the check-in");

        Assert.Single(await bot.ActAsync(session => session.Incidents.OpenAsync()));
    }

    [PostgresFact]
    public async Task Whoever_has_it_ends_it_themselves_after_the_answer()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var (person, card) = await SilentAsync(bot, coordinator);
        await RunningBot.PressAsync(coordinator, card, "I'm on it");

        await RunningBot.PressAsync(person, person.Messages[^1], "I am well");
        await coordinator.WaitForTextAsync("the person answered the check-in");

        Assert.Single(await bot.ActAsync(session => session.Incidents.OpenAsync()));
    }

    [PostgresFact]
    public async Task The_time_to_answer_begins_when_the_question_leaves()
    {
        await using var bot = await RunningBot.StartAsync();
        var person = await OptedInAsync(bot);
        await bot.SettleAsync();
        // Nothing is sent any more, as if the messenger were unreachable.
        await bot.StopAsync();
        bot.Clock.Advance(Duration.FromHours(6));
        await RunAsync(bot);
        for (var hour = 0; hour < 3; hour++)
        {
            bot.Clock.Advance(Duration.FromHours(1));
            await RunAsync(bot);
            Assert.Equal(CheckInStep.Asked, (await OfAsync(bot, person)).Step);
        }

        await bot.ActAsync(async session =>
        {
            var due = await session.Outbox.TakeDueAsync(ChannelKind.Telegram, 10, Guid.NewGuid(), Duration.FromMinutes(1), []);
            await session.Outbox.MarkSentAsync(Assert.Single(due).Id, new MessageRef("1"));
            return true;
        });
        bot.Clock.Advance(Duration.FromMinutes(29));
        await RunAsync(bot);
        Assert.Equal(CheckInStep.Asked, (await OfAsync(bot, person)).Step);
        bot.Clock.Advance(Duration.FromMinutes(1));
        await RunAsync(bot);
        Assert.Equal(CheckInStep.AskedAgain, (await OfAsync(bot, person)).Step);
    }

    [PostgresFact]
    public async Task Whoever_cannot_be_reached_is_silent_and_one_bad_record_keeps_no_other_waiting()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var damaged = await OptedInAsync(bot);
        await using (var source = NpgsqlDataSource.Create(bot.ConnectionString))
        await using (var damage = source.CreateCommand("update check_in set schedule = 'nonsense', schedule_sealed = null"))
            await damage.ExecuteNonQueryAsync();
        var person = await OptedInAsync(bot);
        person.BlockBot();

        foreach (var time in new[] { Duration.FromHours(6), Grace, Grace })
            await PassAsync(bot, time);

        Assert.Contains(Name, (await coordinator.WaitForTextAsync("No answer to their check-in")).Text);
        Assert.DoesNotContain(damaged.Messages, message => message.Text.StartsWith("Are you well?", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task After_an_outage_one_question_stands_for_all_and_running_twice_asks_once()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var person = await OptedInAsync(bot);

        await PassAsync(bot, Duration.FromDays(3));
        await bot.Get<CheckInJob>().RunAsync(CancellationToken.None);
        await bot.SettleAsync();

        Assert.Single(person.Messages, message => message.Text.StartsWith("Are you well?", StringComparison.Ordinal));
        // The program is down again when the answer is due, so it may have missed the answer.
        await PassAsync(bot, Duration.FromDays(1));
        await person.WaitForTextAsync("I was away for a while");
        await PassAsync(bot, Grace);
        await person.WaitForTextAsync("In 30 minutes I will tell the coordinators");
        Assert.DoesNotContain(coordinator.Messages, message => message.Text.Contains("new report"));
    }

    private static async Task<(SandboxPhone Person, SandboxMessage Card)> SilentAsync(RunningBot bot, SandboxPhone coordinator)
    {
        var person = await OptedInAsync(bot);
        foreach (var time in new[] { Duration.FromHours(6), Grace, Grace })
            await PassAsync(bot, time);
        return (person, await coordinator.WaitForTextAsync("No answer to their check-in"));
    }

    internal static async Task<SandboxPhone> OptedInAsync(RunningBot bot)
    {
        var person = bot.Sandbox.AddPerson("Person", "en");
        var asked = await RunningBot.SayAsync(person, "/checkin");
        Assert.Contains("Whoever has your unlocked phone can answer too", asked.Text);
        asked = await RunningBot.PressAsync(person, asked, "Continue");
        asked = await RunningBot.PressAsync(person, asked, "Every 6 hours");
        asked = await RunningBot.PressAsync(person, asked, "30 minutes");
        Assert.Contains("What name", asked.Text);
        asked = await RunningBot.SayAsync(person, Name);
        Assert.Contains($"Name they see: {Name}", asked.Text);
        asked = await RunningBot.PressAsync(person, asked, "That is right");
        Assert.Contains("Next question: 2 March 2026, 15:00", asked.Text);
        return person;
    }

    internal static async Task<string> LinkAsync(SandboxPhone person)
    {
        var page = await RunningBot.SayAsync(person, "/checkin");
        var link = await RunningBot.AnswerToAsync(person, page, "Add a contact");
        return link.Text.Split('\n').Select(line => line.Split("/start ")).Last(parts => parts.Length == 2)[1].Trim();
    }

    internal static async Task ContactAsync(SandboxPhone person, SandboxPhone contact)
    {
        var asked = await RunningBot.SayAsync(contact, "/start " + await LinkAsync(person));
        Assert.Contains(Name, asked.Text);
        Assert.Contains("I write to you when there is no answer", (await RunningBot.PressAsync(contact, asked, "Yes, tell me")).Text);
        await person.WaitForTextAsync("Somebody has agreed to be your contact");
    }

    internal static async Task PassAsync(RunningBot bot, Duration time)
    {
        await bot.SettleAsync();
        bot.Clock.Advance(time);
        await RunAsync(bot);
        await bot.SettleAsync();
    }

    internal static Task RunAsync(RunningBot bot) => bot.Get<CheckInJob>().RunAsync(CancellationToken.None);

    internal static async Task<CheckIn> OfAsync(RunningBot bot, SandboxPhone person) => (await bot.ActAsync(async session =>
        await session.CheckIns.OfAsync((await session.Addresses.FindAsync(person.Address))!.Person!.Value)))!;
}
