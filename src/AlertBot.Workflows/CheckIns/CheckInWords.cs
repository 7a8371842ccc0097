using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.CheckIns;

/// <summary>
/// Two words that a person at risk keeps in their head. One proves that it is really them: what waits is done at once. The other has exactly the same
/// effect on their phone, and alarms their contacts and the coordinators.
/// </summary>
public sealed class CheckInWords(KeepCheckIn keep, CheckInMessages messages, OpenSilence open)
    : GuidedConversation<ChosenWords, CheckInWords.Both>, IOverhears
{
    private const int Shortest = 4;
    private const int Longest = 60;

    public override string Kind => "checkin-words";

    public override string Prefix => "ciw";

    protected override string Cancelled => "triage.cancelled";

    /// <summary>
    /// Asks for new words. A person who has words must first give one of them: somebody who holds the phone must not choose new ones.
    /// </summary>
    public Task BeginAsync(Talk talk, CheckIn one) => AskAsync(talk, new ChosenWords(IsKnown: !one.HasWords, null), isNewMessage: true);

    protected override bool MayGoOn(Talk talk) => talk.Person is { IsFrozen: false };

    protected override async Task<ChosenWords?> ReadAsync(Talk talk, Conversation saved) =>
        await talk.Session.CheckIns.OfAsync(talk.Person!.Id) is null ? null : await base.ReadAsync(talk, saved);

    protected override Task BeginAnewAsync(Talk talk) => EndAsync(talk, new Line("unknown-command"));

    protected override int? TurnOf(ChosenWords state) => null;

    // The person's own words never arrive here, because they are overheard first.
    protected override Task<Turn<ChosenWords, Both>> AnswerAsync(Talk talk, ChosenWords state, Said said)
    {
        var word = said is Said.Words { Text: var text } ? text : "";
        return Task.FromResult<Turn<ChosenWords, Both>>(
            !state.IsKnown ? new(null) { Remark = new Line("checkin.words-not-yours") }
            : word.Length is < Shortest or > Longest || word.Equals(state.Word, StringComparison.OrdinalIgnoreCase)
                ? new(state) { Remark = new Line("checkin.words-bad", ("from", Shortest), ("to", Longest)), LeavesQuestion = true }
            : state.Word is { } first ? new(null, new Both(first, word))
            : new(state with { Word = word }));
    }

    protected override Task<Prompt> PromptAsync(Talk talk, ChosenWords state) => Task.FromResult(new Prompt(
        [new Line(!state.IsKnown ? "checkin.words-old" : state.Word is null ? "checkin.words-first" : "checkin.words-second")], []));

    protected override async Task FinishAsync(Talk talk, Both result)
    {
        if (await talk.Session.CheckIns.OfAsync(talk.Person!.Id) is not { } one)
            return;
        await talk.Session.CheckIns.SetWordsAsync(one.Id, result.Word, result.Duress);
        await talk.Session.Audit.AddAsync(talk.Person.Id, new AuditAct("checkin.words"), one.Id.Value);
        talk.Reply("checkin.words-set");
    }

    public async Task<bool> TakesAsync(Talk talk)
    {
        if (talk.IsFirst || talk.Person is not { IsFrozen: false } person || talk.Update.Text is not { Length: <= Longest } said
            || await talk.Session.CheckIns.OfAsync(person.Id) is not { HasWords: true } one
            || await talk.Session.CheckIns.IsWordAsync(one.Id, said) is not { } isWord)
            return false;

        // The person wanted to choose new words, and has now given their own.
        if (isWord && await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && saved.Kind == Kind
            && await ReadAsync(talk, saved) is { IsKnown: false } state)
        {
            await AskAsync(talk, state with { IsKnown = true });
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

    // Exactly the same answer as to the other word, so that somebody who looks over a shoulder sees no difference.
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

    /// <summary>The word that proves the person, and the word of duress. Prints as a mask.</summary>
    public sealed record Both(string Word, string Duress)
    {
        public override string ToString() => "(words)";
    }
}

/// <summary>The state of choosing words.</summary>
/// <param name="IsKnown">True if the person has no words yet, or has given theirs.</param>
/// <param name="Word">The first new word; sealed like every conversation until the second is there.</param>
public sealed record ChosenWords(bool IsKnown, string? Word)
{
    public override string ToString() => "(words)";
}
