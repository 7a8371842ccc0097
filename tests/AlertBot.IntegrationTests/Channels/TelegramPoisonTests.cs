using AlertBot.Channels.Telegram;
using AlertBot.Domain.Channels;
using AlertBot.IntegrationTests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>Updates that no documentation foresees: each is read as far as possible, or set aside, and the next one is handled.</summary>
public sealed class TelegramPoisonTests
{
    private const string Nothing = "";

    private static readonly string Deep = new string('[', 100_000) + new string(']', 100_000);

    // What is sent, and what is understood of it; nothing if it is set aside.
    private static readonly Dictionary<string, (string Json, string Heard)> Shapes = new()
    {
        ["a chat that is null"] = ("""{"update_id":{id},"message":{"message_id":1,"date":1,"chat":null,"text":"x"}}""", Nothing),
        ["a chat that is missing"] = ("""{"update_id":{id},"message":{"message_id":1,"date":1,"text":"x"}}""", Nothing),
        ["nesting in what nobody knows"] = (Says("taken", $"""
            "news":{Deep}
            """), "taken"),
        ["nesting where it matters"] = ("""{"update_id":{id},"message":{"message_id":1,"date":1,"chat":""" + Deep + ""","text":"x"}}""", Nothing),
        ["numbers too large"] =
            ("""{"update_id":{id},"message":{"message_id":1e400,"date":99999999999999999999999,"chat":{"id":5},"text":"large"}}""", "large"),
        ["a chat of a number too large"] =
            ("""{"update_id":{id},"message":{"message_id":1,"date":1,"chat":{"id":99999999999999999999999},"text":"x"}}""", Nothing),
        ["wrong types beside the words"] = (
            """{"update_id":{id},"message":{"message_id":"1","date":"now","chat":{"id":5,"title":7},"from":[],"photo":{"a":1},"entities":"""
            + """[null,7,{"type":"bold"}],"caption":"at the gate"}}""",
            "at the gate"),
        ["a message that is a list"] = ("""{"update_id":{id},"message":[1,2]}""", Nothing),
        ["everything twice"] =
            ("""{"update_id":1,"update_id":{id},"message":{"message_id":1,"date":1,"chat":{"id":5},"chat":{"id":5},"text":"one","text":"two"}}""",
                "two"),
        ["half a character"] = (Says(@"They took \ud83d Dilnoza \\ud83d \ud83d\ude2d", "\"date\":2"), "They took \ufffd Dilnoza \\ud83d 😭"),
        ["a text of a size that nobody types"] = (Says(new string('я', 400_000), "\"date\":2"), new string('я', 400_000)),
        ["a way of passing on that is new"] = (Says("passed on", """
            "forward_origin":{"type":"from_mars","date":{"sol":7}}
            """), "passed on"),
        ["a way of passing on that is a word"] = (Says("passed on", """
            "forward_origin":"mars"
            """), "passed on"),
        ["no id"] = ("""{"message":{"message_id":1,"date":1,"chat":{"id":5},"text":"who knows"}}""", "who knows"),
        ["an id that is a text"] = ("""{"update_id":"{id}","message":{"message_id":1,"date":1,"chat":{"id":5},"text":"quoted"}}""", "quoted"),
        ["an id that no counter reaches"] =
            ("""{"update_id":9223372036854775807,"message":{"message_id":1,"date":1,"chat":{"id":5},"text":"far"}}""", "far"),
        ["a press of nobody"] = ("""{"update_id":{id},"callback_query":{"id":"1","from":null,"data":"ack:1"}}""", Nothing),
        ["a list"] = ("[1,2]", Nothing),
        ["null"] = ("null", Nothing),
        ["a text"] = ("\"hello\"", Nothing),
    };

    // Not even JSON, which spoils the whole answer that holds it.
    private static readonly Dictionary<string, string> Damage = new()
    {
        ["half an update"] = """{"update_id":{id},"message":{"message_id":1,""",
        ["words"] = "<html>hello</html>",
        ["the end of an answer"] = """{"update_id":{id}}]}""",
    };

    public static TheoryData<string> Odd => [.. Shapes.Keys];

    public static TheoryData<string> Broken => [.. Damage.Keys];

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task An_odd_update_does_not_stop_polling(string what)
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");

        telegram.Sandbox.PushRawUpdate(Shapes[what].Json);
        person.SendText("well");

        await HeardAsync(telegram, what);
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task An_odd_update_does_not_stop_what_is_pushed(string what)
    {
        await using var pushed = await Pushed.StartAsync();
        var person = pushed.Telegram.Sandbox.AddPerson("Aigul");

        pushed.Telegram.Sandbox.PushRawUpdate(Shapes[what].Json);
        person.SendText("well");

        await HeardAsync(pushed.Telegram, what);
        Assert.Equal(1, pushed.Telegram.Sandbox.Bot.PendingUpdates);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task An_answer_that_is_no_JSON_is_gone_through_one_by_one(string what)
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        person.SendText("first");
        Assert.Equal("first", (await telegram.NextAsync()).Text);

        person.SendText("before");
        telegram.Sandbox.PushRawUpdate(Damage[what]);
        person.SendText("after");

        Assert.Equal("before", (await telegram.NextAsync()).Text);
        Assert.Equal("after", (await telegram.NextAsync()).Text);
        Assert.Contains("asked for one by one", telegram.Log.Text, StringComparison.Ordinal);

        // The end of an answer leaves a readable, empty update.
        Assert.Equal(what != "the end of an answer", telegram.Log.Text.Contains("is set aside", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_pushed_and_no_JSON_is_confirmed_once_it_is_set_aside(string what)
    {
        await using var pushed = await Pushed.StartAsync();
        var person = pushed.Telegram.Sandbox.AddPerson("Aigul");

        pushed.Telegram.Sandbox.PushRawUpdate(Damage[what]);
        person.SendText("well");

        Assert.Equal("well", (await pushed.Telegram.NextAsync()).Text);
        Assert.Equal(1, pushed.Telegram.Sandbox.Bot.PendingUpdates);
        Assert.Contains("is set aside", pushed.Telegram.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_pushed_and_too_large_is_confirmed_and_set_aside()
    {
        await using var pushed = await Pushed.StartAsync();
        var person = pushed.Telegram.Sandbox.AddPerson("Aigul");

        pushed.Telegram.Sandbox.PushRawUpdate(Says(new string('a', 2 << 20), "\"date\":2"));
        person.SendText("well");

        Assert.Equal("well", (await pushed.Telegram.NextAsync()).Text);
        Assert.Equal(1, pushed.Telegram.Sandbox.Bot.PendingUpdates);
    }

    [Fact]
    public async Task A_page_of_a_server_in_between_steps_over_nothing()
    {
        await using var telegram = await TelegramFixture.StartAsync();
        var person = telegram.Sandbox.AddPerson("Aigul");
        person.SendText("first");
        Assert.Equal("first", (await telegram.NextAsync()).Text);

        for (var broken = 0; broken < 3; broken++)
            telegram.Sandbox.Faults.Plan(new Sandbox.Fault.ErrorPage(200), "getUpdates");
        person.SendText("second");

        Assert.Equal("second", (await telegram.NextAsync()).Text);
        Assert.DoesNotContain("is set aside", telegram.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a way of passing on that is new")]
    [InlineData("a way of passing on that is a word")]
    public async Task What_was_passed_on_in_a_new_way_counts_as_passed_on(string what)
    {
        await using var telegram = await TelegramFixture.StartAsync();
        telegram.Sandbox.PushRawUpdate(Shapes[what].Json);

        Assert.True((await telegram.NextAsync()).IsForward);
    }

    private static async Task HeardAsync(TelegramFixture telegram, string what)
    {
        var next = await telegram.NextAsync();
        if (Shapes[what].Heard is { Length: > 0 } heard)
        {
            Assert.Equal((new ChannelAddress(ChannelKind.Telegram, "5"), heard), (next.Chat, next.Text));
            next = await telegram.NextAsync();
        }
        else
        {
            Assert.Contains("is set aside", telegram.Log.Text, StringComparison.Ordinal);
        }

        Assert.Equal("well", next.Text);
        Assert.DoesNotContain("Dilnoza", telegram.Log.Text, StringComparison.Ordinal);
    }

    private static string Says(string text, string more) =>
        """{"update_id":{id},"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"from":{"id":5},"""
        + $"{more},\"text\":\"{text}\"}}}}";

    /// <summary>A bot with a webhook that Telegram calls.</summary>
    private sealed class Pushed(TelegramFixture telegram, WebApplication server) : IAsyncDisposable
    {
        public TelegramFixture Telegram => telegram;

        public static async Task<Pushed> StartAsync()
        {
            var address = new Uri($"http://127.0.0.1:{TelegramFixture.FreePort()}");
            var telegram = await TelegramFixture.StartAsync(with: settings => settings with { Mode = TelegramMode.Webhook, WebhookUrl = address });
            var builder = TestWeb.Builder();
            builder.Logging.ClearProviders();
            var server = builder.Build();
            server.Urls.Add(address.AbsoluteUri);
            server.MapTelegramWebhook(telegram.Channel);
            await server.StartAsync();
            return new Pushed(telegram, server);
        }

        public async ValueTask DisposeAsync()
        {
            await telegram.DisposeAsync();
            await server.DisposeAsync();
        }
    }
}
