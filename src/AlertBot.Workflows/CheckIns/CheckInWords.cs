using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.CheckIns;

/// <summary>
/// Two words of a person at risk, which they keep in their head. One says that it is really them: what waits is done at once. The other looks
/// the same on their phone, to the letter, and alarms their contacts and the coordinators.
/// </summary>
public sealed class CheckInWords(KeepCheckIn keep, CheckInMessages messages, OpenSilence open) : IConversation, IOverhears
{
    private const int Version = 1;
    private const int Shortest = 4;
    private const int Longest = 60;

    public string Kind => "checkin-words";

    /// <summary>Asks for them. Whoever has words gives theirs first: a phone in other hands must not choose new ones.</summary>
    public async Task BeginAsync(Talk talk, CheckIn one)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, new State(IsKnown: !one.HasWords, null));
        talk.Reply(one.HasWords ? "checkin.words-old" : "checkin.words-first");
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (talk.Person is not { IsFrozen: false } person || saved.Read<State>(Version) is not { } state
            || await talk.Session.CheckIns.OfAsync(person.Id) is not { } one)
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            talk.Reply("unknown-command");
            return;
        }

        var said = (talk.Update.Text ?? "").Trim();
        if (!state.IsKnown)
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            talk.Reply("checkin.words-not-yours");
        }
        else if (said.Length is < Shortest or > Longest || said.Equals(state.Word, StringComparison.OrdinalIgnoreCase))
        {
            talk.Reply("checkin.words-bad", ("from", Shortest), ("to", Longest));
        }
        else if (state.Word is null)
        {
            await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, state with { Word = said });
            talk.Reply("checkin.words-second");
        }
        else
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            await talk.Session.CheckIns.SetWordsAsync(one.Id, state.Word, said);
            await talk.Session.Audit.AddAsync(person.Id, new AuditAct("checkin.words"), one.Id.Value);
            talk.Reply("checkin.words-set");
        }
    }

    public async Task<bool> TakesAsync(Talk talk)
    {
        if (talk.Person is not { IsFrozen: false } person || talk.Update.Text is not { Length: <= Longest } said
            || await talk.Session.CheckIns.OfAsync(person.Id) is not { HasWords: true } one
            || await talk.Session.CheckIns.IsWordAsync(one.Id, said) is not { } isWord)
            return false;

        // They wanted to choose new words, and gave their own first.
        if (await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && saved.Kind == Kind
            && saved.Read<State>(Version) is { IsKnown: false } state && isWord)
        {
            await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, state with { IsKnown = true });
            talk.Reply("checkin.words-first");
            return true;
        }

        var wish = one.Wish;
        CheckIn? now;
        if (isWord)
        {
            now = await keep.WellAsync(talk.Session, person, pressed: null);
            if (now is { Wish: not null })
                now = await keep.GrantAsync(talk.Session, now, person);
        }
        else
        {
            await AlarmAsync(talk.Session, one, person, talk.Cancelled);
            now = await keep.LooksWellAsync(talk.Session, one, person);
        }

        Answer(talk, one, wish, now);
        return true;
    }

    // To the letter what the other word would have brought: whoever looks over a shoulder reads nothing else.
    private static void Answer(Talk talk, CheckIn before, CheckInWish? wish, CheckIn? now)
    {
        if (wish is CheckInWish.End)
        {
            talk.Reply("checkin.stopped");
            return;
        }

        var shown = wish switch
        {
            CheckInWish.Pause pause => before.PausedUntil(talk.Now + NodaTime.Duration.FromHours(pause.Hours), talk.Zone),
            CheckInWish.Stretch stretch => (before with { Schedule = stretch.Schedule, Grace = stretch.Grace }).Rested(talk.Now, talk.Zone),
            _ => now ?? before.Rested(talk.Now, talk.Zone),
        };
        var lines = new[] { new Line("checkin.answered"), CheckInPage.StateOf(shown, talk.Zone) };
        talk.Reply(RichText.Join("\n", lines.Select(line => line.In(talk.Language, talk.Texts))));
    }

    private async Task AlarmAsync(Session session, CheckIn one, Person person, CancellationToken ct)
    {
        await open.RunAsync(session, one with { AskedAt = session.Now }, person, ct, isDuress: true);
        await messages.AllContactsAsync(session, one, "checkin.duress-to-contact", "duress");
        await session.Audit.AddAsync(person.Id, new AuditAct("checkin.duress"), one.Id.Value);
    }

    /// <param name="IsKnown">They have no words yet, or have given theirs.</param>
    /// <param name="Word">The first of the new ones; sealed like every conversation until the second is there.</param>
    private sealed record State(bool IsKnown, string? Word)
    {
        public override string ToString() => "(words)";
    }
}
