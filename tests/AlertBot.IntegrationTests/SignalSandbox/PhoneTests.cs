using System.Net.Http.Json;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;

namespace AlertBot.IntegrationTests.SignalSandbox;

/// <summary>Everything people do on a phone except writing, as signal-cli reports it.</summary>
public sealed class PhoneTests : IAsyncLifetime
{
    private SignalCli _cli = null!;
    private SandboxSignalPhone _phone = null!;
    private SignalListener _listener = null!;

    public async Task InitializeAsync()
    {
        _cli = await SignalCli.StartAsync();
        _phone = _cli.Sandbox.AddSignalPhone("Test Person");
        _listener = await _cli.ListenAsync();
    }

    public async Task DisposeAsync()
    {
        _listener.Dispose();
        await _cli.DisposeAsync();
    }

    [Fact]
    public async Task A_phone_confirms_what_arrives_and_what_is_read()
    {
        var sent = await SendAsync("hello");

        var arrived = (await _listener.NextEnvelopeAsync())["receiptMessage"]!;
        _phone.Read(_phone.Messages[0]);
        var read = (await _listener.NextEnvelopeAsync())["receiptMessage"]!;

        Assert.Equal((true, false, sent), ((bool)arrived["isDelivery"]!, (bool)arrived["isRead"]!, (long)arrived["timestamps"]![0]!));
        Assert.Equal((false, true, sent), ((bool)read["isDelivery"]!, (bool)read["isRead"]!, (long)read["timestamps"]![0]!));
        Assert.Equal([_phone.Uuid], _phone.Messages[0].DeliveredTo);
        Assert.Equal([_phone.Uuid], _phone.Messages[0].ReadBy);
    }

    [Fact]
    public async Task A_receipt_can_overtake_the_answer()
    {
        _cli.Sandbox.Signal.ReceiptsOvertakeAnswers = true;
        _cli.Sandbox.Signal.Faults.Plan(new Fault.HangAfter(), "send");
        using var giveUp = new CancellationTokenSource();
        var hello = new { recipient = _phone.Uuid, message = "hello" };
        var sending = _cli.Http.PostAsJsonAsync("/api/v1/rpc", new { jsonrpc = "2.0", id = 1, method = "send", @params = hello }, giveUp.Token);

        var receipt = (await _listener.NextEnvelopeAsync())["receiptMessage"]!;

        Assert.Equal(_phone.Messages[0].Timestamp, (long)receipt["timestamps"]![0]!);
        Assert.False(sending.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_phone_that_is_off_confirms_when_it_is_on_again()
    {
        _phone.GoOffline();
        var sent = await SendAsync("hello");
        _phone.StartTyping();
        Assert.NotNull((await _listener.NextEnvelopeAsync())["typingMessage"]);

        _phone.GoOnline();

        Assert.Equal(sent, (long)(await _listener.NextEnvelopeAsync())["receiptMessage"]!["timestamps"]![0]!);
    }

    [Fact]
    public async Task Who_has_blocked_the_bot_shows_and_confirms_nothing_and_the_bot_is_not_told()
    {
        _phone.BlockBot();
        await SendAsync("hello");
        _phone.UnblockBot();
        _phone.SendText("still here");

        Assert.Equal("still here", await _listener.NextTextAsync());
        Assert.Equal(["still here"], _phone.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task A_quote_names_what_it_answers()
    {
        var sent = await SendAsync("1 I'm on it");
        await _listener.NextAsync();

        _phone.Quote(_phone.Messages[0], "1");

        var data = (await _listener.NextEnvelopeAsync())["dataMessage"]!;
        Assert.Equal("1", (string?)data["message"]);
        Assert.Equal((sent, "1 I'm on it"), ((long)data["quote"]!["id"]!, (string?)data["quote"]!["text"]));
        Assert.Equal(_cli.Sandbox.Signal.Account, (string?)data["quote"]!["authorNumber"]);
        Assert.Equal(_cli.Sandbox.Signal.AccountId.ToString(), (string?)data["quote"]!["authorUuid"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reaction_names_the_message_or_its_last_edit(bool namesLatestEdit)
    {
        var phone = _cli.Sandbox.AddSignalPhone("Other Person", namesLatestEdit: namesLatestEdit);
        var sent = (long)(await _cli.CallAsync("send", new { recipient = phone.Uuid, message = "open" }))["timestamp"]!;
        var edit = (long)(await _cli.CallAsync("send", new { recipient = phone.Uuid, message = "taken", editTimestamp = sent }))["timestamp"]!;
        await _listener.NextAsync();
        await _listener.NextAsync();

        phone.React(phone.Messages[0], "👍");
        var reaction = (await _listener.NextEnvelopeAsync())["dataMessage"]!["reaction"]!;
        Assert.Equal(("👍", false), ((string?)reaction["emoji"], (bool)reaction["isRemove"]!));
        Assert.Equal(namesLatestEdit ? edit : sent, (long)reaction["targetSentTimestamp"]!);
        Assert.Equal(_cli.Sandbox.Signal.AccountId.ToString(), (string?)reaction["targetAuthorUuid"]);
        Assert.Equal([new SandboxSignalReaction(phone.Uuid, "👍")], phone.Messages[0].Reactions);

        phone.TakeReactionBack(phone.Messages[0]);
        Assert.True((bool)(await _listener.NextEnvelopeAsync())["dataMessage"]!["reaction"]!["isRemove"]!);
        Assert.Empty(phone.Messages[0].Reactions);
    }

    [Fact]
    public async Task Edits_and_deletions_name_what_they_change()
    {
        var said = _phone.SendText("Almati");
        var edited = _phone.EditText(said, "Almaty");
        _phone.Delete(said);
        await _listener.NextAsync();

        var edit = await _listener.NextEnvelopeAsync();
        Assert.Null(edit["dataMessage"]);
        Assert.Equal(said.Timestamp, (long)edit["editMessage"]!["targetSentTimestamp"]!);
        Assert.Equal("Almaty", (string?)edit["editMessage"]!["dataMessage"]!["message"]);
        Assert.Equal(edited.LatestTimestamp, (long)edit["timestamp"]!);

        Assert.Equal(said.Timestamp, (long)(await _listener.NextEnvelopeAsync())["dataMessage"]!["remoteDelete"]!["timestamp"]!);
        Assert.Empty(_phone.Messages);
    }

    [Fact]
    public async Task A_file_is_told_of_and_fetched_by_its_id()
    {
        byte[] voice = [1, 2, 3, 4];
        _phone.SendPhoto([0xFF, 0xD8, 0xFF], "look");
        _phone.SendVoice(voice);

        var photo = (await _listener.NextEnvelopeAsync())["dataMessage"]!;
        Assert.Equal("look", (string?)photo["message"]);
        Assert.Equal("image/jpeg", (string?)photo["attachments"]![0]!["contentType"]);
        Assert.Equal(3, (int)photo["attachments"]![0]!["size"]!);

        var note = (await _listener.NextEnvelopeAsync())["dataMessage"]!;
        Assert.Null(note["message"]);
        Assert.Equal("audio/aac", (string?)note["attachments"]![0]!["contentType"]);
        var fetched = await _cli.CallAsync("getAttachment", new { id = (string?)note["attachments"]![0]!["id"], recipient = _phone.Uuid });
        Assert.Equal(voice, Convert.FromBase64String((string)fetched["data"]!));

        var error = await _cli.FailAsync("getAttachment", new { id = "nothing.jpg", recipient = _phone.Uuid });
        Assert.Equal((-1, "Could not find attachment with ID: nothing.jpg"), ((int)error["code"]!, (string?)error["message"]));
    }

    [Fact]
    public async Task A_place_comes_as_a_link_to_a_map()
    {
        _phone.SendLocation(42.4531, 59.6103);

        Assert.Equal("https://maps.google.com/maps?q=42.4531%2C59.6103", await _listener.NextTextAsync());
    }

    private async Task<long> SendAsync(string text) =>
        (long)(await _cli.CallAsync("send", new { recipient = _phone.Uuid, message = text }))["timestamp"]!;
}
