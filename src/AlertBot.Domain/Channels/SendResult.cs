using NodaTime;

namespace AlertBot.Domain.Channels;

/// <summary>The outcome of one attempt, which decides what to do next.</summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <param name="Message">The channel's reference to it.</param>
    public sealed record Sent(MessageRef Message) : SendResult;

    /// <summary>The channel demands a wait, or could not be reached. Nothing was delivered, as far as we know.</summary>
    /// <param name="After">The shortest wait.</param>
    /// <param name="Reason">A short word for the log, e.g. <c>rate_limited</c>; never text from outside.</param>
    /// <param name="Scope">What must wait.</param>
    public sealed record TryLater(Duration After, string Reason, WaitScope Scope) : SendResult
    {
        /// <summary>True if something between us and the channel answered, which need not know what the channel did.</summary>
        public bool MayHaveArrived { get; init; }
    }

    /// <summary>The channel demands a captcha. It delivered nothing, and delivers nothing until a person answers.</summary>
    /// <param name="Challenge">The channel's name for it, for <see cref="IChannel.AnswerChallengeAsync"/>.</param>
    /// <param name="After">The time after which we may try without an answer.</param>
    public sealed record Challenged(string Challenge, Duration After) : SendResult;

    /// <summary>The chat has a new address; send there from now on.</summary>
    public sealed record Moved(ChannelAddress To) : SendResult;

    /// <summary>Sending this will never succeed.</summary>
    public sealed record Refused(Refusal Why) : SendResult;

    /// <summary>The connection broke after the request was written, so the message may have arrived.</summary>
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

/// <summary>Why a channel will never accept a message.</summary>
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

    /// <summary>The number no longer has an account.</summary>
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

    /// <summary>The person said <c>/stop</c>: nothing goes out unasked until they begin again. The channel itself would accept it.</summary>
    Stopped,

    /// <summary>The channel refuses the bot's own credentials: nothing can be sent until the operator acts.</summary>
    Unauthorized,
}
