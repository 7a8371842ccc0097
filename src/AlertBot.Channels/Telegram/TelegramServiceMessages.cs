namespace AlertBot.Channels.Telegram;

/// <summary>
/// Recognises messages that Telegram itself writes into a chat, by the field names of the Bot API that we know. A message of an unknown kind counts
/// as a person's words: a report must not be dropped because its kind is new.
/// </summary>
internal static class TelegramServiceMessages
{
    private static readonly string[] Names =
    [
        "pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "connected_website", "passport_data",
        "users_shared", "user_shared", "chat_shared", "proximity_alert_triggered", "chat_background_set", "boost_added", "web_app_data",
        "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo", "group_chat_created", "supergroup_chat_created",
        "channel_chat_created", "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
        "general_forum_topic_hidden", "general_forum_topic_unhidden", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
        "video_chat_participants_invited", "successful_payment", "refunded_payment", "gift", "unique_gift", "gift_upgrade_sent",
        "giveaway_created", "giveaway", "giveaway_winners", "giveaway_completed", "paid_message_price_changed", "direct_message_price_changed",
        "checklist_tasks_done", "checklist_tasks_added", "suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined",
        "suggested_post_paid", "suggested_post_refunded",
    ];

    public static bool IsOne(Message message) =>
        message is { Text: null, Caption: null, Rest: { } rest } && Names.Any(rest.ContainsKey);
}
