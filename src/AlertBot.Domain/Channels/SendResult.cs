using NodaTime;

namespace AlertBot.Domain.Channels;

/// <summary>What became of one attempt, and so what to do next.</summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <param name="Message">The channel's reference to it.</param>
    public sealed record Sent(MessageRef Message) : SendResult;

    /// <summary>The channel asks for patience, or could not be reached; nothing was delivered.</summary>
    /// <param name="After">How long to wait at least.</param>
    /// <param name="Reason">A short word for the log, e.g. <c>rate_limited</c>; never text from outside.</param>
    /// <param name="Scope">Who must wait.</param>
    public sealed record TryLater(Duration After, string Reason, WaitScope Scope) : SendResult;

    /// <summary>The channel wants proof that we are no machine. It delivered nothing and will deliver nothing until a person answers.</summary>
    /// <param name="Challenge">The channel's name for it, for <see cref="IChannel.AnswerChallengeAsync"/>.</param>
    /// <param name="After">The time after which we may try without an answer.</param>
    public sealed record Challenged(string Challenge, Duration After) : SendResult;

    /// <summary>The chat has another address now; send there from now on.</summary>
    public sealed record Moved(ChannelAddress To) : SendResult;

    /// <summary>It will never succeed.</summary>
    public sealed record Refused(Refusal Why) : SendResult;

    /// <summary>The connection broke after the request was written: it may have arrived.</summary>
    public sealed record Maybe(string Reason) : SendResult;
}

public enum WaitScope
{
    /// <summary>This message only (an outage, a server error).</summary>
    Message,

    /// <summary>Everything to this chat.</summary>
    Chat,

    /// <summary>Everything from this account.</summary>
    Account,
}

/// <summary>Why a channel will never take a message.</summary>
public enum Refusal
{
    /// <summary>The person blocked the bot.</summary>
    Blocked,

    /// <summary>The bot was removed from the group.</summary>
    Kicked,

    /// <summary>The account was deleted.</summary>
    Deactivated,

    /// <summary>No such chat, or the person never started the bot.</summary>
    ChatNotFound,

    /// <summary>Nobody has an account under that number any more.</summary>
    Unregistered,

    /// <summary>The account's key has changed: somebody else may read there.</summary>
    KeyChanged,

    /// <summary>The bot may not write there.</summary>
    NoRights,

    /// <summary>The topic of the forum is closed or gone.</summary>
    TopicClosed,

    /// <summary>The message to edit is gone, too old or the same.</summary>
    NotEditable,

    /// <summary>The channel rejects the message itself; nothing is wrong with the address.</summary>
    BadMessage,

    /// <summary>The person said <c>/stop</c>: nothing goes out unasked until they begin again. The channel itself would take it.</summary>
    Stopped,

    /// <summary>The bot's own credentials are refused: nothing can be sent until the operator acts.</summary>
    Unauthorized,
}
