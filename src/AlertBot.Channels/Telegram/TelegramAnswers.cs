using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Channels.Telegram;

/// <summary>
/// What Telegram's answers mean for the outbox. The codes are coarse, and the descriptions are documented nowhere as a whole: they come from
/// Telegram's own server, https://github.com/tdlib/telegram-bot-api, and https://github.com/TelegramBotAPI/errors.
/// </summary>
internal static class TelegramAnswers
{
    private static readonly Duration PauseAfterOutage = Duration.FromSeconds(2);
    private static readonly Duration PauseWithoutRetryAfter = Duration.FromSeconds(5);

    public static SendResult Read(TelegramOutcome<SentMessage> outcome, TelegramAddress to) => outcome switch
    {
        TelegramOutcome<SentMessage>.Done done => new SendResult.Sent(TelegramAddress.Ref(done.Result.MessageId)),
        TelegramOutcome<SentMessage>.NotSent not => new SendResult.TryLater(PauseAfterOutage, not.Reason, WaitScope.Message),
        TelegramOutcome<SentMessage>.Unclear unclear => new SendResult.Maybe(unclear.Reason),
        TelegramOutcome<SentMessage>.Failed failed => Read(failed.Why, to),
        _ => throw new InvalidOperationException("An outcome without a meaning."),
    };

    /// <summary>Like <see cref="Read(TelegramOutcome{SentMessage}, TelegramAddress)"/>, but an edit that changes nothing counts as done.</summary>
    public static SendResult ReadEdit(TelegramOutcome<SentMessage> outcome, TelegramAddress to, MessageRef edited) => outcome switch
    {
        TelegramOutcome<SentMessage>.Failed { Why: { Code: 400 } why } when why.Says("message is not modified") => new SendResult.Sent(edited),
        _ => Read(outcome, to),
    };

    /// <summary>A message that is already gone counts as deleted.</summary>
    public static SendResult ReadDelete(TelegramOutcome<bool> outcome, TelegramAddress to, MessageRef deleted) => outcome switch
    {
        TelegramOutcome<bool>.Done => new SendResult.Sent(deleted),
        TelegramOutcome<bool>.NotSent not => new SendResult.TryLater(PauseAfterOutage, not.Reason, WaitScope.Message),
        TelegramOutcome<bool>.Unclear unclear => new SendResult.Maybe(unclear.Reason),
        TelegramOutcome<bool>.Failed { Why: { Code: 400 } why } when why.Says("message to delete not found") => new SendResult.Sent(deleted),
        TelegramOutcome<bool>.Failed failed => Read(failed.Why, to),
        _ => throw new InvalidOperationException("An outcome without a meaning."),
    };

    public static SendResult Read(TelegramFailure failure, TelegramAddress to) => failure switch
    {
        { MigrateToChatId: { } newId } => new SendResult.Moved(new TelegramAddress(newId).ToChannelAddress()),

        // Telegram does not say which limit was hit. In a group it is nearly always the group's own limit of 20 a minute.
        { Code: 429 } => new SendResult.TryLater(
            failure.RetryAfter is { } seconds ? Duration.FromSeconds(seconds) : PauseWithoutRetryAfter,
            "rate_limited", to.IsGroup ? WaitScope.Chat : WaitScope.Account),

        // A page of a proxy that gave up waiting: Telegram may have done it all the same. With 502 and 503 it was not reached.
        { Code: 504, Description: "" } => new SendResult.TryLater(PauseAfterOutage, "server_error", WaitScope.Message) { MayHaveArrived = true },

        { Code: 401 or 404 } => new SendResult.Refused(Refusal.Unauthorized),
        { Code: 413 } => new SendResult.Refused(Refusal.BadMessage),
        { Code: 400 or 403 } => new SendResult.Refused(WhyRefused(failure)),
        _ => new SendResult.TryLater(PauseAfterOutage, failure.Code >= 500 ? "server_error" : "unexpected_answer", WaitScope.Message),
    };

    private static Refusal WhyRefused(TelegramFailure failure) => failure switch
    {
        _ when failure.Says("bot was blocked by the user") => Refusal.Blocked,
        _ when failure.Says("user is deactivated") => Refusal.Deactivated,
        _ when failure.Says("bot was kicked from") => Refusal.Kicked,
        _ when failure.Says("bot is not a member") => Refusal.Kicked,
        _ when failure.Says("chat was deleted") || failure.Says("group is deactivated") => Refusal.Kicked,
        _ when failure.Says("can't initiate conversation") => Refusal.ChatNotFound,
        _ when failure.Says("can't send messages to") => Refusal.ChatNotFound,
        _ when failure.Says("chat not found") || failure.Says("PEER_ID_INVALID") || failure.Says("user not found") => Refusal.ChatNotFound,
        _ when failure.Says("message thread not found") || failure.Says("TOPIC_CLOSED") || failure.Says("TOPIC_DELETED") => Refusal.TopicClosed,
        _ when failure.Says("message to edit not found") || failure.Says("message can't be edited") => Refusal.NotEditable,
        _ when failure.Says("message can't be deleted") => Refusal.NotEditable,
        _ when failure.Says("MESSAGE_ID_INVALID") || failure.Says("message identifier is not specified") => Refusal.NotEditable,
        _ when failure.Says("not enough rights") || failure.Says("have no rights") => Refusal.NoRights,
        _ when failure.Says("need administrator rights") || failure.Says("CHAT_ADMIN_REQUIRED") => Refusal.NoRights,
        _ when failure.Says("_FORBIDDEN") || failure.Says("CHAT_RESTRICTED") || failure.Says("USER_BANNED_IN_CHANNEL") => Refusal.NoRights,
        { Code: 403 } => Refusal.NoRights,

        // Too long, empty, bad entities or bad buttons: the message is at fault, not the address.
        _ => Refusal.BadMessage,
    };
}
