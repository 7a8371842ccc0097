using System.Net;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Channels;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using Microsoft.Extensions.Logging;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>What people write, polled and pushed.</summary>
public sealed class TelegramReceivingTests
{
    [Fact]
    public async Task Updates_come_in_the_order_in_which_people_wrote()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var (one, other) = (telegram.Sandbox.AddPerson("Aigul"), telegram.Sandbox.AddPerson("Timur"));
        var said = Enumerable.Range(1, 130).Select(i => $"{i}").ToList();
        foreach (var text in said)
            (text.Length % 2 == 0 ? one : other).SendText(text);

        var heard = new List<string>();
        while (heard.Count < said.Count)
            heard.Add((await telegram.NextAsync()).Text!);

        Assert.Equal(said, heard);
    }

    [Fact]
    public async Task An_update_is_kept_by_Telegram_until_the_next_one_is_asked_for()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        person.SendText("first");

        var before = await telegram.NextAsync();
        Assert.Equal(1, telegram.Sandbox.Bot.PendingUpdates);

        // A node took it and died. The next node gets it again, with the key that marks a duplicate.
        using var next = telegram.NewChannel();
        await using var again = next.ReceiveAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await again.MoveNextAsync());
        Assert.Equal((before.Key, "first"), (again.Current.Key, again.Current.Text));

        person.SendText("second");
        Assert.True(await again.MoveNextAsync());
        Assert.Equal("second", again.Current.Text);
        Assert.Equal(1, telegram.Sandbox.Bot.PendingUpdates);
    }

    [Fact]
    public async Task An_outage_while_waiting_loses_nothing()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        person.SendText("before");
        Assert.Equal("before", (await telegram.NextAsync()).Text);
        telegram.Sandbox.Faults.Plan(new Fault.DropBefore(), "getUpdates");
        telegram.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "getUpdates");

        person.SendText("after");

        Assert.Equal("after", (await telegram.NextAsync()).Text);
        Assert.Equal(TelegramState.Receiving, telegram.Channel.State);
    }

    [Fact]
    public async Task An_update_that_cannot_be_read_does_not_stop_the_others()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        telegram.Sandbox.PushRawUpdate("""{"update_id":{id},"message":{"message_id":"odd","chat":7,"date":"never"}}""");
        telegram.Sandbox.PushRawUpdate("""{"update_id":{id},"thing_of_the_future":{"a":1}}""");
        telegram.Sandbox.PushRawUpdate(
            """{"update_id":{id},"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"hologram"},"entities":"""
            + """[{"type":"new","offset":0,"length":1}],"text":"?"}}""");
        person.SendText("well");

        // The third is odd only in a field that nobody reads.
        Assert.Equal("?", (await telegram.NextAsync()).Text);
        Assert.Equal("well", (await telegram.NextAsync()).Text);
    }

    [Fact]
    public async Task What_people_send_is_told_apart()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul", "ru");
        var group = telegram.Sandbox.AddGroup("Circle", [person], isForum: true);
        var topic = group.AddTopic("Almaty");

        person.SendLocation(43.24, 76.95);
        person.SendPhoto([1, 2, 3], "at the gate");
        var first = person.SendText("they took him");
        person.EditText(first.Id, "they took her");
        person.SendText($"/case@{telegram.Sandbox.Bot.Username} K-7F3Q", group, topic);
        person.BlockBot();

        Assert.Equal(new GeoPoint(43.24, 76.95), (await telegram.NextAsync()).Location);
        var photo = await telegram.NextAsync();
        Assert.Equal(("at the gate", "photo"), (photo.Text, Assert.Single(photo.Files).Kind));
        Assert.Equal([1, 2, 3], await telegram.Channel.DownloadAsync(photo.Files[0].Handle, default));
        Assert.Equal(("they took him", false), await telegram.NextAsync() is var said ? (said.Text, said.IsEdit) : default);
        Assert.Equal(("they took her", true), await telegram.NextAsync() is var edit ? (edit.Text, edit.IsEdit) : default);
        var command = await telegram.NextAsync();
        Assert.Equal(("/case K-7F3Q", group.AddressOf(topic), true), (command.Text, command.Chat, command.IsAddressed));
        Assert.IsType<ChatChange.BotRemoved>((await telegram.NextAsync()).Change);
    }

    [Fact]
    public async Task Pushed_updates_are_taken_with_the_secret_and_are_confirmed_once_stored()
    {
        var address = new Uri($"http://127.0.0.1:{TelegramFixture.FreePort()}");
        await using var telegram = await TelegramFixture.StartAsync(
            with: settings => settings with { Mode = TelegramMode.Webhook, WebhookUrl = address });
        var builder = TestWeb.Builder();
        builder.Logging.ClearProviders();
        await using var server = builder.Build();
        server.Urls.Add(address.AbsoluteUri);
        server.MapTelegramWebhook(telegram.Channel);
        await server.StartAsync();
        using var stranger = new HttpClient { BaseAddress = address };
        var person = telegram.Sandbox.AddPerson("Aigul");

        person.SendText("first");
        person.SendText("second");

        Assert.Equal("first", (await telegram.NextAsync()).Text);
        Assert.Equal(2, telegram.Sandbox.Bot.PendingUpdates);
        Assert.Equal("second", (await telegram.NextAsync()).Text);
        var forged = await stranger.PostAsync(TelegramSettings.WebhookPath, new StringContent("""{"update_id":7}"""));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        Assert.False(telegram.Channel.ReceivesOnOneNode);
    }

    [Fact]
    public async Task The_menu_and_the_link_of_the_bot_are_its_own()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul", "ru");

        await telegram.Channel.SetCommandsAsync([new CommandHint("/report", "Сообщить")], "ru", null, default);
        await telegram.Channel.SetCommandsAsync([new CommandHint("/case", "A case")], null, person.Address, default);

        Assert.Equal(["report"], telegram.Sandbox.Bot.Commands["default:ru"]);
        Assert.Equal(["case"], telegram.Sandbox.Bot.Commands[$"chat {person.Id}:"]);
        Assert.Equal($"https://t.me/{telegram.Sandbox.Bot.Username}?start=abc", await telegram.Channel.DeepLinkAsync("abc", default));
    }
}
