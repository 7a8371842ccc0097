using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>A text too long for one message arrives whole and in order, whatever happens between its parts.</summary>
public sealed class LongTextTests
{
    private const string Note = "May be a repeat.\n";

    private static readonly string Long = string.Concat(Enumerable.Range(1, 900).Select(number => $"Line {number} of it.\n"));

    [PostgresFact]
    public async Task It_arrives_in_parts_that_together_are_the_text_with_its_styles_and_the_buttons_below_the_last()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var id = await sending.AddAsync(address, Long, but: one => one with
        {
            Message = new OutgoingMessage(RichText.Of(Long, TextStyle.Bold), [[new Choice("I'm on it", "ack:1")]]),
        });

        await sending.SendAsync();

        Assert.Equal(Long.TrimEnd(), string.Join('\n', phone.Messages.Select(message => message.Text)));
        Assert.InRange(phone.Messages.Count, 4, 6);
        Assert.All(phone.Messages, message => Assert.Equal(("bold", 0), (Assert.Single(message.Entities).Type, message.Entities[0].Offset)));
        Assert.All(phone.Messages.SkipLast(1), message => Assert.Empty(message.AllButtons));
        Assert.Equal("I'm on it", Assert.Single(phone.Messages[^1].AllButtons).Text);
        var row = await sending.RowAsync(id);
        Assert.Equal(("sent", phone.Messages.Count, phone.Messages[^1].Id.ToString()), (row.State, row.PartsSent, row.MessageRef));
    }

    [PostgresTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_a_crash_only_the_part_that_was_in_flight_is_repeated(int part)
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var id = await sending.AddAsync(address, Long);
        var (channel, dead) = (new ScriptedChannel(sending.Telegram), new TaskCompletionSource());
        // All goes well up to that part. It arrives, and its sender dies before recording that.
        var dying = sending.SendAsync(new DyingAt(channel, part, dead));
        await dead.Task;

        await using (sending.Running())
            await sending.UntilAsync(async () => (await sending.RowAsync(id)).State == "sent");

        var texts = phone.Messages.Select(message => message.Text).ToList();
        Assert.Equal(Note + texts[part - 1], texts[part]);
        texts.RemoveAt(part);
        Assert.Equal(Long.TrimEnd(), string.Join('\n', texts));
        Assert.False(dying.IsCompleted);
    }

    [PostgresFact]
    public async Task A_part_whose_answer_was_lost_is_repeated_with_a_note_and_nothing_is_cut_off()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        // The longest text that fits one message; with the note it needs two.
        var text = new string('x', 4096);
        var id = await sending.AddAsync(address, text);
        sending.Sandbox.Faults.Plan(new Fault.DropAfter(), "sendMessage");

        await sending.SendAsync();

        Assert.Equal("sent", (await sending.RowAsync(id)).State);
        var texts = phone.Messages.Select(message => message.Text).ToList();
        Assert.Equal(3, texts.Count);
        Assert.Equal(Note + texts[0], texts[1]);
        Assert.Equal(text, texts[0] + texts[2]);
    }

    [PostgresFact]
    public async Task The_parts_of_one_text_keep_together_though_something_more_urgent_comes()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        await sending.AddAsync(address, Long, DeliveryPriority.Reminder);
        await sending.AddAsync(address, "Short", DeliveryPriority.Reminder);

        await sending.SendAsync();

        Assert.Equal("Short", phone.Messages[^1].Text);
    }

    private sealed class DyingAt(ScriptedChannel inner, int part, TaskCompletionSource dead) : IChannel
    {
        public ChannelKind Kind => inner.Kind;

        public ChannelCapabilities Capabilities => inner.Capabilities;

        public bool ReceivesOnOneNode => inner.ReceivesOnOneNode;

        public Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message, CancellationToken ct, Action? left = null)
        {
            if (inner.Sent == part - 1)
                inner.Next = inner.Dying(dead);
            return inner.SendAsync(to, message, ct, left);
        }

        public Task<SendResult> EditAsync(
            ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct, Action? left = null) =>
            inner.EditAsync(to, sent, message, ct, left);

        public IAsyncEnumerable<IncomingUpdate> ReceiveAsync(CancellationToken ct) => inner.ReceiveAsync(ct);

        public Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct) => inner.AnswerPressAsync(pressHandle, notice, ct);

        public Task SetCommandsAsync(IReadOnlyList<CommandHint> commands, string? language, ChannelAddress? chat, CancellationToken ct) =>
            inner.SetCommandsAsync(commands, language, chat, ct);

        public Task<FetchedFile?> FetchAsync(string handle, CancellationToken ct) => inner.FetchAsync(handle, ct);

        public Task<bool> AnswerChallengeAsync(string challenge, string answer, CancellationToken ct) =>
            inner.AnswerChallengeAsync(challenge, answer, ct);

        public Task<bool> TrustAsync(ChannelAddress who, CancellationToken ct, string? number = null) => inner.TrustAsync(who, ct, number);

        public Task<string?> DeepLinkAsync(string argument, CancellationToken ct) => inner.DeepLinkAsync(argument, ct);
    }
}
