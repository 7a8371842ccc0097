using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>The Signal channel against the sandbox's signal-cli; both were written independently from the same protocol.</summary>
public sealed class SignalOnSandboxTests : IAsyncLifetime, IDisposable
{
    private SandboxServer _sandbox = null!;
    private SignalChannel _channel = null!;
    private SandboxSignalPhone _phone = null!;
    private IAsyncEnumerator<IncomingUpdate> _updates = null!;

    private SandboxSignal Signal => _sandbox.Signal;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync();
        _channel = new SignalChannel(new SignalSettings(_sandbox.Url, Signal.Account), NullLogger<SignalChannel>.Instance);
        _phone = _sandbox.AddSignalPhone("Test Person");
        _updates = _channel.ReceiveAsync(CancellationToken.None).GetAsyncEnumerator();
    }

    public async Task DisposeAsync()
    {
        await _updates.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task What_a_person_writes_and_the_bot_answers_arrives()
    {
        _phone.SendText("They took him");
        var heard = await NextAsync();
        Assert.Equal(("They took him", _phone.Address, ChatKind.Private), (heard.Text, heard.Sender!, heard.ChatKind));

        var bold = RichText.Of("Taken", TextStyle.Bold);
        var sent = Assert.IsType<SendResult.Sent>(await _channel.SendAsync(
            heard.Chat, new OutgoingMessage(bold + RichText.Of(" by us"), ReplyTo: heard.Message), CancellationToken.None));
        var shown = await _phone.WaitForTextAsync("Taken by us");
        Assert.Equal([new SandboxSignalStyle(0, 5, "BOLD")], shown.Styles);
        Assert.Equal(_phone.Messages[0].Timestamp, shown.Quote?.Timestamp);

        var arrived = await NextAsync();
        Assert.Equal((ReadReceiptKind.Delivered, sent.Message), (arrived.ReadReceipt!.Kind, Assert.Single(arrived.ReadReceipt.Messages)));

        _phone.Read(shown);
        Assert.Equal(ReadReceiptKind.Read, (await NextAsync()).ReadReceipt!.Kind);

        await _channel.AnswerPressAsync(heard.PressHandle!, null, CancellationToken.None);
        Assert.Equal([new SandboxSignalReaction(Signal.AccountId, "👍")], _phone.Messages[0].Reactions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_said_of_an_edited_message_is_said_of_the_first(bool namesLatestEdit)
    {
        var phone = _sandbox.AddSignalPhone("Other Person", namesLatestEdit: namesLatestEdit);
        phone.SendText("hello");
        var chat = (await NextAsync()).Chat;
        var sent = ((SendResult.Sent)await SendAsync(chat, "open")).Message;
        Assert.IsType<SendResult.Sent>(await _channel.EditAsync(chat, sent, new OutgoingMessage(RichText.Of("taken")), CancellationToken.None));
        var shown = Assert.Single(phone.Messages, message => message.IsFromBot);
        Assert.Equal("taken", shown.Text);
        Assert.Equal(sent, (await NextAsync()).ReadReceipt!.Messages[0]);
        await NextAsync();

        phone.React(shown);
        var reaction = await NextAsync();
        Assert.Equal(("👍", sent), (reaction.Reaction, reaction.About));
        phone.Quote(shown, "1");
        var quote = await NextAsync();
        Assert.Equal(("1", sent), (quote.Text, quote.About));
    }

    [Fact]
    public async Task Files_edits_and_places_are_understood()
    {
        _phone.SendVoice([1, 2, 3]);
        var voice = await NextAsync();
        var file = Assert.Single(voice.Files);
        Assert.Equal(("voice", "audio/aac", 3L), (file.Kind, file.ContentType, file.Size));
        Assert.Equal([1, 2, 3], (await _channel.FetchAsync(file.Handle, CancellationToken.None))!.Content);

        var said = _phone.SendText("Almati");
        _phone.EditText(said, "Almaty");
        Assert.False((await NextAsync()).IsEdit);
        Assert.True((await NextAsync()) is { IsEdit: true, Text: "Almaty" });

        _phone.SendLocation(42.4531, 59.6103);
        Assert.Equal(new GeoPoint(42.4531, 59.6103), (await NextAsync()).Location);

        await _channel.SendAsync(
            _phone.Address, new OutgoingMessage(RichText.Of("dates")) { File = new OutgoingFile("dates.ics", "text/calendar", [5, 6]) },
            CancellationToken.None);
        Assert.Equal(("dates.ics", 2), _phone.Messages[^1].Files is [var got] ? (got.Name, got.Size) : default);
    }

    [Fact]
    public async Task Limits_captchas_keys_and_the_gone_are_told_apart()
    {
        _phone.SendText("hello");
        await NextAsync();

        Signal.LimitFor(Duration.FromMinutes(5));
        Assert.InRange(Assert.IsType<SendResult.TryLater>(await SendAsync(_phone.Address)).After.TotalSeconds, 290, 310);
        Signal.LiftLimits();

        var challenge = Signal.RequireProof();
        Assert.Equal(challenge, Assert.IsType<SendResult.Challenged>(await SendAsync(_phone.Address)).Challenge);
        Assert.False(await _channel.AnswerChallengeAsync(challenge, "signalcaptcha://wrong", CancellationToken.None));
        Assert.True(await _channel.AnswerChallengeAsync(challenge, SandboxSignal.RightCaptcha, CancellationToken.None));
        Assert.IsType<SendResult.Sent>(await SendAsync(_phone.Address));
        await NextAsync();

        _phone.ChangeKey();
        Assert.Equal(Refusal.KeyChanged, Assert.IsType<SendResult.Refused>(await SendAsync(_phone.Address)).Why);
        _phone.SendText("it is me");
        Assert.IsType<ChatChange.KeyChanged>((await NextAsync()).Change);
        // The key that was seen is trusted, and not one that came after it.
        var seen = await _channel.KeyNumberAsync(_phone.Address, CancellationToken.None);
        Assert.Equal(_phone.SafetyNumber, seen);
        _phone.ChangeKey();
        Assert.False(await _channel.TrustAsync(_phone.Address, CancellationToken.None, seen));
        Assert.True(await _channel.TrustAsync(_phone.Address, CancellationToken.None, _phone.SafetyNumber));
        Assert.Equal("it is me", (await NextAsync()).Text);
        Assert.IsType<SendResult.Sent>(await SendAsync(_phone.Address));

        _phone.Unregister();
        Assert.Equal(Refusal.Unregistered, Assert.IsType<SendResult.Refused>(await SendAsync(_phone.Address)).Why);
    }

    [Fact]
    public async Task A_lost_answer_is_maybe_and_a_daemon_that_is_down_is_later()
    {
        _phone.SendText("hello");
        await NextAsync();

        Signal.Faults.Plan(new Fault.DropAfter(), "send");
        Assert.IsType<SendResult.Maybe>(await SendAsync(_phone.Address));
        Assert.Equal(ReadReceiptKind.Delivered, (await NextAsync()).ReadReceipt!.Kind);

        Signal.GoDown();
        var down = await SendAsync(_phone.Address);
        Signal.ComeUp();
        Assert.True(down is SendResult.TryLater or SendResult.Maybe, down.ToString());
        _phone.SendText("still there?");
        Assert.Equal("still there?", (await NextAsync()).Text);
    }

    [Fact]
    public async Task A_person_is_written_to_by_number_and_answers_by_account()
    {
        _phone.SendText("hello");
        await NextAsync();
        var stranger = _sandbox.AddSignalPhone("Stranger");

        var moved = Assert.IsType<SendResult.Moved>(await SendAsync(stranger.NumberAddress));

        Assert.Equal(stranger.Address, moved.To);
        Assert.IsType<SendResult.Sent>(await SendAsync(moved.To));
        var introduced = await NextAsync();
        Assert.Equal(stranger.NumberAddress, introduced.Chat);
        Assert.Equal(new ChatChange.Moved(stranger.Address), introduced.Change);
    }

    [Fact]
    public async Task A_bot_that_is_invited_into_a_group_joins_and_leaves_it()
    {
        var group = _sandbox.AddSignalGroup("Night watch", [_phone], withBot: false);
        _phone.SendText("hello");
        await NextAsync();

        group.InviteBot(_phone);
        Assert.IsType<ChatChange.BotAdded>((await NextAsync()).Change);
        Assert.True(group.HasBot);
        _phone.SendText("/link", group);
        var heard = await NextAsync();
        Assert.Equal((group.Address, ChatKind.Group, "Night watch", true), (heard.Chat, heard.ChatKind, heard.ChatTitle, heard.IsAddressed));
        Assert.IsType<SendResult.Sent>(await SendAsync(group.Address));
        Assert.IsType<ReadReceiptKind>((await NextAsync()).ReadReceipt!.Kind);

        var other = _sandbox.AddSignalPhone("Other Person");
        group.Join(other);
        Assert.Equal([other.Address], ((ChatChange.MembersJoined)(await NextAsync()).Change!).Who);

        group.RemoveBot(_phone);
        Assert.IsType<ChatChange.BotRemoved>((await NextAsync()).Change);
        Assert.Equal(Refusal.Kicked, Assert.IsType<SendResult.Refused>(await SendAsync(group.Address)).Why);
    }

    private Task<SendResult> SendAsync(ChannelAddress to, string text = "Hello") =>
        _channel.SendAsync(to, new OutgoingMessage(RichText.Of(text)), CancellationToken.None);

    private async Task<IncomingUpdate> NextAsync()
    {
        Assert.True(await _updates.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        return _updates.Current;
    }
}
