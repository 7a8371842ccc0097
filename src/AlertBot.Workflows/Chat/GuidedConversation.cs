using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Chat;

/// <summary>
/// Drives every conversation of several steps: it finds what was said before, checks the role, refuses buttons of older questions,
/// saves each step before the next question is put, and ends. What is asked, and what follows from an answer, is the subject's.
/// </summary>
/// <typeparam name="TState">What the conversation remembers between two messages.</typeparam>
/// <typeparam name="TResult">What is to be done once all is known.</typeparam>
public abstract class GuidedConversation<TState, TResult> : IConversation, IPress
    where TState : class
    where TResult : class
{
    public abstract string Kind { get; }

    public virtual string Prefix => Kind;

    /// <inheritdoc cref="IConversation.TakesFiles"/>
    public virtual bool TakesFiles => false;

    /// <summary>The least role that may go on with it.</summary>
    public virtual Role Needs => Role.Reporter;

    /// <summary>Of the state's shape: raise it when that changes, and older conversations begin anew.</summary>
    protected virtual int Version => 1;

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (!MayGoOn(talk))
            await EndAsync(talk, new Line("unknown-command"));
        else if (await ReadAsync(talk, saved) is { } state)
            await GoOnAsync(talk, await AnswerAsync(talk, state, Asking.Heard(talk.Update)));
        else
            await BeginAnewAsync(talk);
    }

    public async Task PressAsync(Talk talk, string data)
    {
        if (await PressedBesideAsync(talk, data))
            return;
        if (!talk.IsGroup && MayGoOn(talk) && Asking.Pressed(data) is { } pressed && await SavedAsync(talk) is { } saved
            && await ReadAsync(talk, saved) is { } state)
            await TakeAsync(talk, state, pressed);
        else
            talk.Notice("button.stale");
    }

    // To see more answers is none: the question stays open, and its number with it.
    private async Task TakeAsync(Talk talk, TState state, Said.Pressed pressed)
    {
        if (pressed.Data == Prompt.More && pressed.Turn == TurnOf(state))
            Asking.Ask(talk, await PromptAsync(talk, state), Prefix, TurnOf(state), isWhole: true);
        else
            await GoOnAsync(talk, await AnswerAsync(talk, state, pressed));
    }

    /// <inheritdoc cref="IConversation.StopAsync"/>
    public virtual Task<string> StopAsync(Talk talk, Conversation saved) => Task.FromResult(Cancelled);

    /// <summary>Whether the one who speaks may go on with it: a role may have been lost since it began.</summary>
    protected virtual bool MayGoOn(Talk talk) => Needs == Role.Reporter || talk.May(Needs);

    /// <returns>Null when it was saved in another shape, or what it is about is gone.</returns>
    protected virtual Task<TState?> ReadAsync(Talk talk, Conversation saved) => Task.FromResult(saved.Read<TState>(Version));

    /// <summary>What was saved cannot be gone on with.</summary>
    protected virtual Task BeginAnewAsync(Talk talk) => EndAsync(talk);

    /// <summary>Takes a button that works outside the conversation too.</summary>
    /// <returns>False: it is a button of the conversation, or nobody's.</returns>
    protected virtual Task<bool> PressedBesideAsync(Talk talk, string data) => Task.FromResult(false);

    /// <summary>Number of the open question; null where its buttons mean the same whenever they are pressed.</summary>
    protected abstract int? TurnOf(TState state);

    /// <summary>What follows from what was said.</summary>
    protected abstract Task<Turn<TState, TResult>> AnswerAsync(Talk talk, TState state, Said said);

    /// <summary>The question that is open.</summary>
    protected abstract Task<Prompt> PromptAsync(Talk talk, TState state);

    /// <summary>All is known, and the conversation is over: does what it was for.</summary>
    protected abstract Task FinishAsync(Talk talk, TResult result);

    /// <summary>Key of what is said when it ends with nothing done.</summary>
    protected abstract string Cancelled { get; }

    protected async Task GoOnAsync(Talk talk, Turn<TState, TResult> turn)
    {
        if (turn.IsStale)
            talk.Notice("button.stale");

        if (turn.LeavesQuestion)
        {
            if (turn.Remark is { } remark)
                talk.Reply(remark.Key, remark.Arguments);
        }
        else if (turn.Next is { } next)
        {
            await AskAsync(talk, next, turn.Remark, turn.IsStale);
        }
        else if (turn.Result is { } result)
        {
            await EndAsync(talk);
            await FinishAsync(talk, result);
        }
        else if (turn.Remark is not null)
        {
            await EndAsync(talk, turn.Remark);
        }
        else
        {
            await EndAsync(talk);
            talk.EditPressed(talk.Texts.Say(talk.Language, Cancelled));
        }
    }

    /// <summary>Saves how far it is, and puts the question.</summary>
    /// <param name="isNewMessage">The message whose button was pressed is something else, and stays as it is.</param>
    protected async Task AskAsync(Talk talk, TState state, Line? remark = null, bool isNewMessage = false)
    {
        await SaveAsync(talk, state);
        Asking.Ask(talk, await PromptAsync(talk, state), Prefix, TurnOf(state), remark, isNewMessage);
    }

    /// <summary>What is said next is heard by this conversation.</summary>
    protected Task SaveAsync(Talk talk, TState state) => talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, state);

    protected async Task EndAsync(Talk talk, Line? lastWord = null)
    {
        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        if (lastWord is not null)
            talk.Reply(lastWord.Key, lastWord.Arguments);
    }

    /// <summary>The only button under a question: never mind. It ends this conversation, and no other that began since.</summary>
    /// <returns>True: the press is taken.</returns>
    protected async Task<bool> LeaveAsync(Talk talk)
    {
        if (!talk.IsGroup && await SavedAsync(talk) is not null)
            await EndAsync(talk);
        talk.EditPressed(talk.Texts.Say(talk.Language, Cancelled));
        return true;
    }

    private async Task<Conversation?> SavedAsync(Talk talk) =>
        await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && saved.Kind == Kind ? saved : null;
}
