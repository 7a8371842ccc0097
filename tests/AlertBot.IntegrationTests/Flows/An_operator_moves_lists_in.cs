using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Lists and files as other programs and other people write them.</summary>
public sealed class An_operator_moves_lists_in
{
    private const string CaseFile = """{ "names": ["Invented Person"], "zone": "Asia/Almaty", "jurisdictions": ["kz"] }""";

    [PostgresFact]
    public async Task Each_line_is_taken_or_refused_by_itself_and_nobody_becomes_an_owner_by_a_list()
    {
        await using var place = await Place.CreateAsync();
        var uuid = Guid.NewGuid();
        var file = place.File(
            "people.csv",
            "\uFEFFrole;channel;address;language;cases\r\"advocate, coordinator\";telegram;8100000001;en;\r"
            + "3;telegram;8100000002;en\r9;telegram;8100000003\r"
            + $"advocate;signal;{uuid.ToString("B").ToUpperInvariant()};ru\radvocate;signal;{uuid};ru;;;\radvocate;telegram;8100000004;xx\r"
            + "group;telegram;8100000005\rgroup;telegram;-1005\r");

        var (code, said) = await place.RunAsync("people", "import", file);

        Assert.Equal(1, code);
        Assert.Contains("line 2: unknown role 'advocate, coordinator'", said, StringComparison.Ordinal);
        Assert.Contains("line 3: unknown role '3': use reporter, advocate, coordinator, owner or group", said, StringComparison.Ordinal);
        Assert.Contains("line 4: unknown role '9'", said, StringComparison.Ordinal);
        Assert.Contains("line 5: added, 0 new subscriptions, not confirmed yet", said, StringComparison.Ordinal);
        Assert.Contains("line 6: was there", said, StringComparison.Ordinal);
        Assert.Contains("line 7: unknown language 'xx'", said, StringComparison.Ordinal);
        Assert.Contains("line 8: the chat id is that of a person", said, StringComparison.Ordinal);
        Assert.Contains("line 9: added, 0 new subscriptions", said, StringComparison.Ordinal);
        Assert.Contains("3 done, 5 refused", said, StringComparison.Ordinal);
        Assert.Equal("advocate", await place.ValueAsync<string>("select string_agg(role, ',') from person"));
    }

    [PostgresFact]
    public async Task Whoever_never_pressed_start_gets_an_invitation_by_hand_and_it_lets_in_nobody_else()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        await using var place = await Place.CreateAsync(sandbox);
        var ruth = sandbox.AddPerson("Ruth", hasStarted: false);
        var stranger = sandbox.AddPerson("Stranger", hasStarted: false);
        var (_, said) = await place.RunAsync("people", "import", place.File("people.csv", $"advocate,telegram,{ruth.Id},en\n"));

        Assert.Contains($"not confirmed yet: https://t.me/{sandbox.Bot.Username}?start=", said, StringComparison.Ordinal);
        Assert.Contains("1 of them never wrote to the bot on Telegram, which lets no bot write first.", said, StringComparison.Ordinal);
        Assert.True(await place.ValueAsync<bool>("select asked_at is not null and warm_at is null from address"));

        var invitation = "/start " + said.Split("?start=")[1].Split('\n')[0].Trim();
        await using var bot = ProgramProcess.Start(place.Settings, "serve");
        ruth.SendText(invitation);
        await ruth.WaitForTextAsync("advocate", TimeSpan.FromSeconds(60));
        stranger.SendText(invitation);
        await stranger.WaitForTextAsync("used", TimeSpan.FromSeconds(60));

        Assert.True(await place.ValueAsync<bool>(
            "select bool_and(warm_at is not null) from address a join person p on p.id = a.person_id where p.role = 'advocate'"));
        Assert.Equal(1, await place.ValueAsync<int>("select count(*)::int from person where role = 'advocate'"));
        // She is no stranger any more.
        var (_, again) = await place.RunAsync("people", "import", place.File("people.csv", $"advocate,telegram,{ruth.Id}"));
        Assert.Contains("line 1: was there, 0 new subscriptions\n1 done, 0 refused", again.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(1, await place.ValueAsync<int>("select count(*)::int from invite"));
    }

    // With one transaction a line, a thousand people took half a minute.
    [PostgresFact]
    public async Task Many_people_come_in_a_hundred_at_a_time()
    {
        await using var place = await Place.CreateAsync();
        var list = string.Concat(Enumerable.Range(0, 210).Select(
            number => number == 150 ? "nobody,signal,x\n" : $"advocate,signal,{Guid.NewGuid()},en\n"));

        var (code, said) = await place.RunAsync("people", "import", place.File("people.csv", list));

        Assert.Equal(1, code);
        Assert.Contains("line 151: unknown role 'nobody'", said, StringComparison.Ordinal);
        Assert.EndsWith("209 done, 1 refused", said.Trim(), StringComparison.Ordinal);
        Assert.Equal(3, await place.ValueAsync<int>("select count(distinct created_at)::int from address"));
    }

    [PostgresFact]
    public async Task The_same_case_twice_is_asked_about_and_a_byte_order_mark_is_no_part_of_it()
    {
        await using var place = await Place.CreateAsync();
        var file = place.File("case.json", "\uFEFF" + CaseFile);

        var (opened, first) = await place.RunAsync("case", "import", file);
        Assert.True(opened == 0, first);
        var (refused, why) = await place.RunAsync(
            "case", "import", place.File("again.json", CaseFile.Replace("Invented Person", "invented  PERSON", StringComparison.Ordinal)));
        Assert.Equal(1, refused);
        Assert.Contains($"there is a case of the same names already: {first.Trim()}", why, StringComparison.Ordinal);
        Assert.Contains("--again", why, StringComparison.Ordinal);
        Assert.DoesNotContain("Invented", why, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(0, (await place.RunAsync("case", "import", file, "--again")).Code);
        Assert.Equal(2, await place.ValueAsync<int>("select count(*)::int from case_file"));
        var (broken, told) = await place.RunAsync("case", "import", place.File("null.json", """{ "events": null }"""));
        Assert.Equal((1, true), (broken, told.Contains("'events': a list of events", StringComparison.Ordinal)));
    }

    [PostgresFact]
    public async Task Cases_come_in_a_table_too_and_each_line_is_taken_or_refused_by_itself()
    {
        await using var place = await Place.CreateAsync();
        var cyrillic = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
        var file = place.File("cases.csv", "");
        await System.IO.File.WriteAllBytesAsync(file, cyrillic.GetBytes(
            "NAMES;detention_start;телефон\r\nАйгуль Выдуманная;01.03.2024;1\r\nBolat;someday;\r\nайгуль  ВЫДУМАННАЯ;;\r\n"));

        var (code, said) = await place.RunAsync("case", "import", file, "--zone", "Asia/Almaty", "--laws", "KZ");

        Assert.Equal(1, code);
        Assert.Matches("line 2: K-[2-9A-Z]{4}", said);
        Assert.Contains("line 3: 'someday' in the column detention_start is no date", said, StringComparison.Ordinal);
        Assert.Contains("line 4: there is a case of the same names already: K-", said, StringComparison.Ordinal);
        Assert.Contains("1 done, 2 refused", said, StringComparison.Ordinal);
        Assert.Contains("columns that are not read: телефон", said, StringComparison.Ordinal);
        Assert.Equal(1, await place.ValueAsync<int>("select count(*)::int from case_event where kind = 'detention_start'"));
    }
}
