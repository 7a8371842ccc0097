using System.Globalization;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>What frightened and careful people do with a messenger: nothing of it is lost, and nothing is answered twice.</summary>
public class A_witness_sends_odd_things
{
    [PostgresTheory]
    [InlineData("first words", """ "document":{"file_id":"big","file_unique_id":"b","file_size":26214400},"caption":"They took Testbay" """)]
    [InlineData("added", """ "video":{"file_id":"big","file_unique_id":"b","width":1,"height":1,"duration":1,"file_size":26214400} """)]
    [InlineData("by /add", """ "document":{"file_id":"big","file_unique_id":"b","file_size":26214400},"caption":"/add they took Testbay too" """)]
    public async Task A_file_too_large_is_never_said_to_be_kept(string how, string message)
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await RunningBot.SayAsync(witness, "hello");
        if (how != "first words")
            await A_witness_reports.SendAsync(witness, "They took Testbay");

        Push(bot, witness, 900, message);

        var answer = await witness.WaitForTextAsync("NOT kept");
        Assert.Contains("20 MB", answer.Text);
        await coordinator.WaitForTextAsync("They took Testbay");
        Assert.DoesNotContain(coordinator.Messages, one => one.Text.Contains("1 file attached", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_changed_message_is_news_and_a_command_is_none()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "ru");
        var said = witness.SendText("Двое забрали брата, Алматы");
        await coordinator.WaitForTextAsync("Алматы");
        await RunningBot.PressAsync(witness, await witness.WaitForTextAsync("Передано координаторам"), "➤ Это всё");

        witness.EditText(said.Id, "Двое забрали брата, Астана");

        await witness.WaitForTextAsync("Я добавил это");
        Assert.Contains("Астана", (await coordinator.WaitForTextAsync("the reporter changed what they wrote")).Text);
        // An edit with the same words, as a link preview causes it, is no news.
        witness.EditText(said.Id, "Двое забрали брата, Астана");
        await bot.SettleAsync();
        Assert.Single(coordinator.Messages, one => one.Text.Contains("changed what they wrote", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_greeting_that_is_changed_into_a_report_is_one()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        var said = witness.SendText("hello");
        await witness.WaitForTextAsync("/report");
        await bot.SettleAsync();
        Assert.DoesNotContain(coordinator.Messages, one => one.Text.Contains("new report", StringComparison.Ordinal));

        witness.EditText(said.Id, "they took my brother from home");

        await coordinator.WaitForTextAsync("they took my brother from home");
    }

    [PostgresFact]
    public async Task A_place_that_moves_is_answered_once_and_its_last_place_is_kept()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        witness.SendText("hello");
        await witness.WaitForTextAsync("/report");
        var before = witness.Messages.Count(one => one.IsFromBot);

        Push(bot, witness, 901, """ "location":{"latitude":43.1,"longitude":76.1,"live_period":900} """);
        await coordinator.WaitForTextAsync("The place moves");
        for (var step = 2; step <= 5; step++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $$""" "location":{"latitude":43.{{step}},"longitude":76.1,"live_period":900} """);
            Push(bot, witness, 901, place, "edited_message");
        }

        await coordinator.WaitForTextAsync("43.50000, 76.10000");
        await bot.SettleAsync();
        Assert.Equal(before + 1, witness.Messages.Count(one => one.IsFromBot));
        Assert.Single(coordinator.Messages, one => one.Text.Contains("The place moves", StringComparison.Ordinal));
    }

    [PostgresTheory]
    [InlineData("/sos Ерлана Сагындыкова забрали, Алматы", "Ерлана Сагындыкова забрали")]
    [InlineData("/помогите брата увели двое", "брата увели двое")]
    [InlineData("/help! they took my brother", "they took my brother")]
    public async Task What_stands_behind_an_unknown_command_is_heard(string said, string words)
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);

        bot.Sandbox.AddPerson("Witness", "ru").SendText(said);

        Assert.Contains(words, (await coordinator.WaitForTextAsync("new report")).Text);
    }

    [PostgresTheory]
    [InlineData("/stop")]
    [InlineData("/forget")]
    [InlineData("/start")]
    [InlineData("/add they took her too")]
    [InlineData("/subscribe K-7F3Q")]
    public async Task What_is_passed_on_is_no_command(string command)
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);

        Push(bot, advocate, 902, $$""" "text":"{{command}}","forward_origin":{"type":"hidden_user","sender_user_name":"x","date":1} """);

        Assert.Contains("Is this a report?", (await advocate.WaitForTextAsync("Is this a report?")).Text);
        Assert.Null((await bot.ActAsync(session => session.Addresses.FindAsync(advocate.Address)))!.DarkWhy);
        Assert.NotNull(coordinator);
    }

    [PostgresFact]
    public async Task An_album_is_one_thing_that_is_said_and_its_answer_stays_good()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        witness.SendText("hello");
        await witness.WaitForTextAsync("/report");
        var before = witness.Messages.Count(one => one.IsFromBot);

        for (var photo = 0; photo < 5; photo++)
            Push(bot, witness, 910 + photo, Photo(photo) + (photo == 0 ? ""","caption":"They took Testbay" """ : ""));

        await coordinator.WaitForTextAsync("5 files attached");
        await bot.SettleAsync();
        Assert.Equal(before + 1, witness.Messages.Count(one => one.IsFromBot));
        var answer = witness.Messages[^1];
        Assert.Contains("Sent. Thank you", (await RunningBot.PressAsync(witness, answer, "➤ That is all")).Text);
    }

    [PostgresTheory]
    [InlineData("")]
    [InlineData(""","caption":"This is the car" """)]
    public async Task An_album_that_is_added_is_answered_once(string caption)
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await A_witness_reports.SendAsync(witness, "They took Testbay");
        var before = witness.Messages.Count(one => one.IsFromBot);

        for (var photo = 0; photo < 3; photo++)
            Push(bot, witness, 940 + photo, Photo(photo) + (photo == 0 ? caption : ""));

        await coordinator.WaitForTextAsync("3 files attached");
        await bot.SettleAsync();
        Assert.Equal(before + 1, witness.Messages.Count(one => one.IsFromBot));
    }

    [PostgresFact]
    public async Task A_place_that_moves_and_then_stands_still_is_added_to_a_report_that_was_sent()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await A_witness_reports.SendAsync(witness, "They took Testbay");
        var before = witness.Messages.Count(one => one.IsFromBot);

        Push(bot, witness, 950, """ "location":{"latitude":43.1,"longitude":76.1,"live_period":900} """);
        await bot.SettleAsync();
        Push(bot, witness, 950, """ "location":{"latitude":43.2,"longitude":76.1,"live_period":900} """, "edited_message");
        // Without a period: they stopped sharing it.
        Push(bot, witness, 950, """ "location":{"latitude":43.3,"longitude":76.1} """, "edited_message");

        await coordinator.WaitForTextAsync("43.30000, 76.10000");
        await bot.SettleAsync();
        Assert.Equal(before + 1, witness.Messages.Count(one => one.IsFromBot));
    }

    [PostgresTheory]
    [InlineData("channel_post", "/link K-7F3Q")]
    [InlineData("edited_channel_post", "/link K-7F3Q")]
    [InlineData("channel_post", "They took Testbay")]
    public async Task What_stands_in_a_channel_is_answered_by_nothing_there(string kind, string text)
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);

        bot.Sandbox.PushRawUpdate($$"""
            {"update_id":{id},"{{kind}}":{"message_id":5,"date":1,"chat":{"id":-1009,"type":"channel","title":"News of all"},"text":"{{text}}"} }
            """);

        Assert.Contains("/queue", (await RunningBot.SayAsync(coordinator, "/help")).Text);
        await bot.SettleAsync();
        Assert.DoesNotContain(bot.Sandbox.Calls, call => call.ChatId == -1009);
        Assert.DoesNotContain(coordinator.Messages, one => one.Text.Contains("new report", StringComparison.Ordinal));
    }

    [PostgresTheory]
    [InlineData(""" "pinned_message":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"},"text":"x"} """)]
    [InlineData(""" "message_auto_delete_timer_changed":{"message_auto_delete_time":86400} """)]
    [InlineData(""" "write_access_allowed":{"from_request":true} """)]
    [InlineData(""" "chat_background_set":{"type":{"type":"fill"}} """)]
    public async Task What_the_messenger_says_by_itself_is_passed_over(string message)
    {
        await using var bot = await RunningBot.StartAsync();
        var witness = await bot.AddAsync(Role.Reporter);
        var asked = await RunningBot.SayAsync(witness, "/report");
        var before = witness.Messages.Count;

        Push(bot, witness, 920, message);
        // The buttons above still work.
        Assert.Contains("Who is it about?", (await RunningBot.PressAsync(witness, asked, "arrested")).Text);
        Assert.Equal(before, witness.Messages.Count);
    }

    [PostgresFact]
    public async Task A_card_of_somebody_is_a_name()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        witness.SendText("hello");

        Push(bot, witness, 921, """ "contact":{"phone_number":"+70000000000","first_name":"Testbay","last_name":"Invented"} """);

        Assert.Contains("Testbay Invented", (await coordinator.WaitForTextAsync("new report")).Text);
    }

    [PostgresFact]
    public async Task In_a_channel_the_bot_says_nothing_and_whoever_put_it_there_is_told()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var calls = bot.Sandbox.Calls.Count;

        bot.Sandbox.PushRawUpdate(string.Create(CultureInfo.InvariantCulture, $$"""
            {"update_id":{id},"my_chat_member":{"chat":{"id":-1009,"type":"channel","title":"News of all"},"from":{"id":{{coordinator.Id}},
            "is_bot":false,"first_name":"M"},"date":1,"old_chat_member":{"status":"left","user":{"id":1,"is_bot":true,"first_name":"b"} },
            "new_chat_member":{"status":"administrator","user":{"id":1,"is_bot":true,"first_name":"b"} } } }
            """));

        Assert.Contains("Anybody may read a channel", (await coordinator.WaitForTextAsync("News of all")).Text);
        await bot.SettleAsync();
        Assert.DoesNotContain(bot.Sandbox.Calls.Skip(calls), call => call.ChatId == -1009);
    }

    private static string Photo(int number) =>
        $$""" "media_group_id":"album-7","photo":[{"file_id":"p{{number}}","file_unique_id":"u{{number}}","width":9,"height":9,"file_size":1000}] """;

    internal static void Push(RunningBot bot, SandboxPhone from, long id, string message, string kind = "message") =>
        bot.Sandbox.PushRawUpdate(string.Create(CultureInfo.InvariantCulture, $$"""
            {"update_id":{id},"{{kind}}":{"message_id":{{id}},"date":1,"chat":{"id":{{from.Id}},"type":"private"},
            "from":{"id":{{from.Id}},"is_bot":false,"first_name":"W","language_code":"{{from.Language}}"},{{message}} } }
            """));
}
