using System.Collections.Concurrent;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Entrance;
using AlertBot.Workflows.People;

namespace AlertBot.IntegrationTests.Receiving;

/// <summary>A command <c>/note ...</c> that remembers its text and repeats it; a test may let it do something first.</summary>
internal sealed class NoteCommand(Func<Talk, string, Task>? first = null) : IChatCommand
{
    public string Name => "note";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Anywhere;

    /// <summary>The handled notes, in order.</summary>
    public ConcurrentQueue<(string Chat, string Text)> Notes { get; } = [];

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (first is not null)
            await first(talk, arguments);
        Notes.Enqueue((talk.Here.At.Value, arguments));
        talk.Reply(RichText.Of("Noted " + arguments));
    }
}

internal static class ReceivingExtensions
{
    public static InboxWorker NewWorker(this SendingFixture fixture, params IChatCommand[] commands) => new(
        fixture.Database, new Router(commands, [], [], fixture.Get<GroupLife>()), SendingFixture.Texts, [fixture.Telegram], fixture.Wakeups,
        fixture.Get<Handshake>(), fixture.Time, fixture.Logs.For<InboxWorker>());

    public static Receiver NewReceiver(this SendingFixture fixture, IChannel? channel = null) =>
        new(fixture.Database, channel ?? fixture.Telegram, fixture.Time, fixture.Logs.For<Receiver>());

    /// <summary>Stores an update as if the messenger had delivered it.</summary>
    public static Task<bool> StoreAsync(this SendingFixture fixture, IncomingUpdate update) =>
        fixture.InAsync(session => session.Inbox.AddAsync(update));

    public static Task<int> WaitingAsync(this SendingFixture fixture) => fixture.InAsync(session => session.Inbox.WaitingAsync());
}
