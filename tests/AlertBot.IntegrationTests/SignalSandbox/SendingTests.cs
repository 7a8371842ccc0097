using System.Text;
using System.Text.Json.Nodes;
using AlertBot.Sandbox.Signal;
using NodaTime;

namespace AlertBot.IntegrationTests.SignalSandbox;

/// <summary>What signal-cli sends, and what phones then show.</summary>
public sealed class SendingTests : IAsyncLifetime
{
    private SignalCli _cli = null!;
    private SandboxSignalPhone _phone = null!;

    public async Task InitializeAsync()
    {
        _cli = await SignalCli.StartAsync();
        _phone = _cli.Sandbox.AddSignalPhone("Test Person");
    }

    public async Task DisposeAsync() => await _cli.DisposeAsync();

    [Fact]
    public async Task A_message_to_a_number_or_a_uuid_is_on_the_phone()
    {
        var first = await _cli.CallAsync("send", new { account = _cli.Sandbox.Signal.Account, recipient = _phone.Number, message = "one" });
        var second = await _cli.CallAsync("send", new { recipients = new[] { _phone.Uuid.ToString() }, message = "two" });

        Assert.Equal(["one", "two"], _phone.Messages.Select(message => message.Text));
        Assert.All(_phone.Messages, message => Assert.True(message.IsFromBot));
        Assert.Equal(SignalCli.Start.ToUnixTimeMilliseconds(), (long)first["timestamp"]!);
        Assert.True((long)second["timestamp"]! > (long)first["timestamp"]!);
        Assert.Equal((long)first["timestamp"]!, _phone.Messages[0].Timestamp);
        var result = Assert.Single((JsonArray)first["results"]!)!;
        Assert.Equal("SUCCESS", (string?)result["type"]);
        Assert.Equal(_phone.Uuid.ToString(), (string?)result["recipientAddress"]!["uuid"]);
        Assert.Equal(_phone.Number, (string?)result["recipientAddress"]!["number"]);
    }

    [Fact]
    public async Task Styles_quotes_and_files_arrive()
    {
        var said = _phone.SendText("where?");

        await _cli.CallAsync("send", new
        {
            recipient = _phone.Uuid,
            message = "Almaty, detained",
            textStyle = new[] { "0:6:BOLD", "8:8:MONOSPACE" },
            quoteTimestamp = said.Timestamp,
            quoteAuthor = _phone.Uuid,
            quoteMessage = "where?",
            attachment = "data:text/calendar;filename=dates.ics;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes("BEGIN")),
        });

        var message = _phone.Messages[^1];
        Assert.Equal([new SandboxSignalStyle(0, 6, "BOLD"), new SandboxSignalStyle(8, 8, "MONOSPACE")], message.Styles);
        Assert.Equal(new SandboxSignalQuote(said.Timestamp, _phone.Uuid, "where?"), message.Quote);
        var file = Assert.Single(message.Files);
        Assert.Equal(("dates.ics", "text/calendar", "document", 5), (file.Name, file.ContentType, file.Kind, file.Size));
    }

    [Theory]
    [InlineData("{}", -1, "No recipients given")]
    [InlineData("""{"recipient":"soon","message":"x"}""", -1, "Invalid phone number 'soon': No valid number")]
    [InlineData("""{"groupId":"soon","message":"x"}""", -1, "Invalid group id: soon")]
    [InlineData(
        """{"recipient":"+12025550101"}""", -1, "Sending empty message is not allowed, either a message, attachment or sticker must be given.")]
    [InlineData(
        """{"recipient":"+12025550101","message":"x","textStyle":"bold"}""", -1, "Invalid textStyle syntax (bold) expected 'start:length:STYLE'")]
    [InlineData("""{"recipient":"+12025550101","message":"x","textStyle":"0:1:LOUD"}""", -1, "Invalid style: LOUD")]
    [InlineData("""{"recipient":"+12025550101","message":"x","quoteTimestamp":5}""", -1, "Quote author parameter is missing")]
    [InlineData("""{"account":"+12025550199","recipient":"+12025550101","message":"x"}""", -32602, "Specified account does not exist")]
    public async Task What_cannot_be_sent_is_refused_in_the_words_of_signal_cli(string parameters, int code, string words)
    {
        var error = await _cli.FailAsync("send", JsonNode.Parse(parameters));

        Assert.Equal(code, (int)error["code"]!);
        Assert.Equal(words, (string?)error["message"]);
        Assert.Null(error["data"]);
        Assert.Empty(_phone.Messages);
    }

    [Fact]
    public async Task A_file_that_signal_cli_cannot_read_is_an_error_within()
    {
        var error = await _cli.FailAsync("send", new { recipient = _phone.Number, attachment = "photo.jpg" });

        Assert.Equal(-32603, (int)error["code"]!);
        Assert.EndsWith("(AttachmentInvalidException) (UnexpectedErrorException)", (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_takes_the_place_of_what_was_said()
    {
        var sent = (long)(await _cli.CallAsync("send", new { recipient = _phone.Uuid, message = "open" }))["timestamp"]!;

        var first = (long)(await _cli.CallAsync("send", new { recipient = _phone.Uuid, message = "taken", editTimestamp = sent }))["timestamp"]!;
        await _cli.CallAsync("send", new { recipient = _phone.Uuid, message = "done", textStyle = "0:4:BOLD", editTimestamp = first });

        var message = Assert.Single(_phone.Messages);
        Assert.Equal(("done", sent, 2), (message.Text, message.Timestamp, message.Edits.Count));
        Assert.Single(message.Styles);
        Assert.NotNull(message.EditedAt);
    }

    [Fact]
    public async Task A_phone_leaves_out_an_edit_that_comes_too_late_and_nobody_is_told()
    {
        var sent = (long)(await _cli.CallAsync("send", new { recipient = _phone.Uuid, message = "open" }))["timestamp"]!;

        _cli.Clock.Advance(SandboxSignal.EditableFor + Duration.FromMinutes(1));
        await _cli.CallAsync("send", new { recipient = _phone.Uuid, message = "taken", editTimestamp = sent });

        Assert.Equal("open", Assert.Single(_phone.Messages).Text);
    }

    [Fact]
    public async Task A_phone_leaves_out_the_eleventh_edit()
    {
        var sent = (long)(await _cli.CallAsync("send", new { recipient = _phone.Uuid, message = "0" }))["timestamp"]!;

        for (var edit = 1; edit <= SandboxSignal.MostEdits + 1; edit++)
            await _cli.CallAsync("send", new { recipient = _phone.Uuid, message = $"{edit}", editTimestamp = sent });

        Assert.Equal("10", Assert.Single(_phone.Messages).Text);
    }

    [Fact]
    public async Task Reactions_deletions_receipts_and_typing_are_seen_on_the_phone()
    {
        var said = _phone.SendText("help");
        var sent = (long)(await _cli.CallAsync("send", new { recipient = _phone.Uuid, message = "coming" }))["timestamp"]!;

        await _cli.CallAsync(
            "sendReaction", new { recipient = _phone.Uuid, emoji = "👀", targetAuthor = _phone.Uuid, targetTimestamp = said.Timestamp });
        Assert.Equal([new SandboxSignalReaction(_cli.Sandbox.Signal.AccountId, "👀")], _phone.Messages[0].Reactions);
        await _cli.CallAsync(
            "sendReaction",
            new { recipient = _phone.Uuid, emoji = "👀", targetAuthor = _phone.Uuid, targetTimestamp = said.Timestamp, remove = true });
        Assert.Empty(_phone.Messages[0].Reactions);

        await _cli.CallAsync("sendReceipt", new { recipient = _phone.Uuid, targetTimestamp = new[] { said.Timestamp } });
        Assert.Equal([_cli.Sandbox.Signal.AccountId], _phone.Messages[0].ReadBy);

        await _cli.CallAsync("sendTyping", new { recipient = _phone.Uuid });
        Assert.True(_phone.Chat.IsBotTyping);
        await _cli.CallAsync("sendTyping", new { recipient = _phone.Uuid, stop = true });
        Assert.False(_phone.Chat.IsBotTyping);

        await _cli.CallAsync("remoteDelete", new { recipient = _phone.Uuid, targetTimestamp = sent });
        Assert.Equal(["help"], _phone.Messages.Select(message => message.Text));
    }
}
