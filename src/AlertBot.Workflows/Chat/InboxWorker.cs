using System.Security.Cryptography;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Chat;

/// <summary>
/// Handles stored updates: several at a time, those of one sender in order. It commits the changes, the answers and the update's end together. A
/// failing update is set aside with a fault code and does not hold up the next one.
/// </summary>
public sealed partial class InboxWorker(
    Database database, Router router, TextCatalog texts, IReadOnlyList<IChannel> channels, Wakeups wakeups,
    IFirstContact firstContact, TimeProvider time,
    ILogger<InboxWorker> logger)
{
    // The prefix of a choice that stands for the person's own typed text.
    private const string Said = "said:";
    private static readonly Duration AnswersExpire = Duration.FromDays(1);

    /// <summary>Handles all waiting updates, for replays and tests.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        while (await HandleNextAsync(InboxTurn.ByLane, ct) is { } handled)
            await FinishAsync(handled, ct);
    }

    /// <returns>Null when nothing waits.</returns>
    private async Task<Handled?> HandleNextAsync(InboxTurn turn, CancellationToken ct)
    {
        await using var session = await database.BeginQuickAsync(ct);
        if (await session.Inbox.TakeNextAsync(turn) is not { } stored)
            return null;

        // For another hand. One is woken at a time: those who find nothing would only take the time of the one who works.
        if (stored.HasMore)
            _bell.Ring();
        Talk? talk = null;
        var failure = await session.TryAsync(async () => talk = await HandleAsync(session, stored, ct), ct);
        if (failure is null)
            session.Inbox.MarkHandled(stored.Id);
        else
            await SetAsideAsync(session, stored, failure, ct);

        await session.CommitAsync(ct);
        return new Handled(failure is null ? talk : null, stored.HasMore);
    }

    private async Task FinishAsync(Handled handled, CancellationToken ct)
    {
        if (handled.Talk is not { } talk)
            return;
        if (talk.Update is { Pressed: not null, PressHandle: { } handle })
            await BestEffortAsync(token => AnswerPressAsync(talk, handle, token), ct);
        foreach (var work in talk.Afterwards)
            await BestEffortAsync(work, ct);
    }

    private async Task<Talk?> HandleAsync(Session session, StoredUpdate stored, CancellationToken ct)
    {
        var update = stored.Read();
        if (update.ReadReceipt is { } receipt)
        {
            if (await session.Addresses.FindAsync(update.Chat) is { } there)
                await session.Outbox.MarkReadReceiptAsync(there.Id, receipt);
            return null;
        }

        // Messengers announce everybody who reveals a number: an unknown number is not stored. Nor is a person who adds the bot to a channel, since a
        // bot may not write to them first.
        if (update is { ChatKind: ChatKind.Private, Change: ChatChange.Moved or ChatChange.BotInChannel }
            && await session.Addresses.FindAsync(update.Chat) is null)
            return null;

        var (here, person, isFirst) = await WhoAsync(session, update);
        session.As(Actor.Of(person));
        var talk = new Talk(session, texts, stored.Id, update, here, person, ct)
        {
            HasButtons = HasButtons(update.Chat.Channel),
            IsFirst = isFirst,
            IsMoreOfAlbum = update.Album is not null && await session.Inbox.IsMoreOfAlbumAsync(stored.Id),
        };
        if (talk.HasButtons)
            await router.HandleAsync(talk);
        else
            talk = await HandleWordsAsync(talk, stored.ReceivedAt);

        if (talk.Answers.Count > 0)
        {
            var priority = await PriorityAsync(talk);
            if (priority == DeliveryPriority.Stranger)
                await session.Outbox.SupersedeAnswersAsync(talk.Here.Id);
            await session.Outbox.AddLaterAsync(talk.Answers.Select((answer, index) => Delivery(talk, answer, index, priority)).ToList());
        }

        return talk;
    }

    // On a messenger without buttons, a number or a thumb may be a choice.
    private async Task<Talk> HandleWordsAsync(Talk talk, Instant received)
    {
        switch (await ChosenByWords.ReadAsync(talk.Session, talk.Update, talk.Here, received))
        {
            case Chosen.One { Choice: { AsksBack: true } choice } when talk.Update is { About: null, Text: { } said }:
                var number = said.Trim();
                talk.Reply(
                    talk.Texts.Say(talk.Language, "choice.number", ("label", choice.Label), ("number", number)),
                    [[choice with { AsksBack = false }],
                        [new Choice(talk.Texts.Plain(talk.Language, "choice.is-answer", ("number", number)), Said + number)]]);
                break;
            // The typed text was an answer after all, and is handled as one.
            case Chosen.One { From: var offer, Choice: { Data: var data } } when data.StartsWith(Said, StringComparison.Ordinal):
                await talk.Session.Offers.TakeAsync(talk.Here.Id, offer.Message);
                talk = talk with { Update = talk.Update with { Text = data[Said.Length..], About = null } };
                await router.HandleAsync(talk);
                break;
            case Chosen.One { From: var offer, Choice: var choice }:
                await talk.Session.Offers.TakeAsync(talk.Here.Id, offer.Message);
                talk = talk with { Update = talk.Update with { Pressed = choice.Data, About = offer.Message } };
                await router.HandleAsync(talk);
                // A notice that would pop up over a button is sent as a message here, but not in a group, where everybody would read it.
                if (talk is { PressNotice: { } notice, IsGroup: false })
                    talk.Reply(RichText.Of(notice));
                break;
            case Chosen.Either { Earlier: var earlier, Later: var later }:
                talk.Reply(talk.Texts.Say(talk.Language, "choice.which"), [[earlier with { ByThumb = false }], [later with { ByThumb = false }]]);
                break;
            case Chosen.Nothing:
                await router.HandleAsync(talk);
                break;
        }

        return talk;
    }

    private bool HasButtons(ChannelKind kind) => channels.FirstOrDefault(one => one.Kind == kind)?.Capabilities.HasButtons != false;

    private async Task<(Address Here, Person? Person, bool IsFirst)> WhoAsync(Session session, IncomingUpdate update)
    {
        var language = texts.Languages.Choose(update.LanguageHint ?? LanguageGuess.Of(update.Text));
        if (update.ChatKind == ChatKind.Group)
        {
            var sender = update.Sender is { } at ? await session.Addresses.FindAsync(at) : null;
            var group = await session.Addresses.EnsureAsync(update.Chat, null, isGroup: true, TextCatalog.FallbackLanguage);
            if (update.ChatTitle is { } title)
                await session.Addresses.SetTitleAsync(group.Id, title);
            // After a change of key the sender may be anybody, until a colleague has checked.
            return (group, sender is { DarkWhy: not Refusal.KeyChanged, Person: { } known } ? await session.People.FindAsync(known) : null, false);
        }

        if (await session.Addresses.FindAsync(update.Chat) is { Person: { } id } there)
        {
            // A person who writes can be written to again, except after /stop, which only /start ends. A changed key stays blocked, and with it the
            // suspended role.
            if (there.IsDark && there.DarkWhy != Refusal.Stopped && update.Change is not ChatChange.BotRemoved)
                await session.Addresses.BrightenAsync(there.Id);
            if (there.WarmAt is null && update.Change is null)
                await firstContact.HeardAsync(session, there);
            return (there, await session.People.FindAsync(id), false);
        }

        var person = new Person(PersonId.New(), Role.Reporter, language, DateTimeZone.Utc, IsFrozen: false);
        await session.People.AddAsync(person);
        var here = await session.Addresses.AddAsync(update.Chat, person.Id, isGroup: false, language, isWarm: update.Change is null);
        // Another node may have added it meanwhile, for a person of its own.
        return (here, person, here.Person == person.Id);
    }

    private static async Task<DeliveryPriority> PriorityAsync(Talk talk) =>
        talk.May(Role.Advocate) || (!talk.IsGroup && (talk.HasReport || await talk.Session.Reports.HasAnyAsync(talk.Here.Id)))
            ? DeliveryPriority.Answer
            : DeliveryPriority.Stranger;

    private static NewDelivery Delivery(Talk talk, Answer answer, int index, DeliveryPriority priority) => new(
        $"answer:{talk.UpdateId:N}:{index}", talk.Here.Id, talk.Here.At.Channel, priority, answer.Message,
        talk.Texts.Say(talk.Language, "alert.repeat"), talk.Now, talk.Now + AnswersExpire)
    {
        EditsMessage = answer.Edits,
        Telling = Telling.Answer,
    };

    // The sender learns only that something broke, and a fault code. The log has the cause under the same code.
    private async Task SetAsideAsync(Session session, StoredUpdate stored, Exception failure, CancellationToken ct)
    {
        var code = RandomNumberGenerator.GetHexString(8);
        // An exception's message may quote a person's words, so we log only its type and place.
        LogSetAside(stored.Id, code, failure.GetType().Name, failure.TargetSite?.DeclaringType?.Name ?? "?");
        await session.TryAsync(
            async () =>
            {
                var update = stored.Read();
                if (update.ChatKind != ChatKind.Private)
                    return;
                var (here, person, _) = await WhoAsync(session, update);
                var talk = new Talk(session, texts, stored.Id, update, here, person, ct);
                talk.Reply("problem.unexpected", ("code", code));
                await session.Outbox.AddAsync(Delivery(talk, talk.Answers[0], 0, DeliveryPriority.Answer));
            },
            ct);
        session.Inbox.MarkFailed(stored.Id, code);
    }

    private async Task AnswerPressAsync(Talk talk, string handle, CancellationToken ct)
    {
        if (channels.FirstOrDefault(one => one.Kind == talk.Update.Chat.Channel) is { } channel)
            await channel.AnswerPressAsync(handle, talk.PressNotice, ct);
    }

    // The commit is what counts. If this fails, a button spins longer or a menu stays old.
    private async Task BestEffortAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
        }
        catch (Exception outage) when (!ct.IsCancellationRequested)
        {
            LogNotDone(outage.GetType().Name);
        }
    }

    /// <param name="Talk">Null if the update was set aside.</param>
    /// <param name="HasMore">Whether others waited when it was taken.</param>
    private sealed record Handled(Talk? Talk, bool HasMore);

    [LoggerMessage(LogLevel.Error, "Update {UpdateId} was set aside with fault code {FaultCode}: {Failure} in {Place}")]
    private partial void LogSetAside(Guid updateId, string faultCode, string failure, string place);

    [LoggerMessage(LogLevel.Warning, "A press was not answered, or a menu not set ({Failure})")]
    private partial void LogNotDone(string failure);

    [LoggerMessage(LogLevel.Warning, "The inbox could not be worked on ({Failure}); trying again")]
    private partial void LogNotHandled(string failure);
}
