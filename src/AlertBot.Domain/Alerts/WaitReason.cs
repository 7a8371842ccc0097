namespace AlertBot.Domain.Alerts;

/// <summary>Why a delivery waits although nothing went wrong. The code is stored with the delivery, so that the wait survives a restart.</summary>
public static class WaitReason
{
    /// <summary>The messenger demands a wait for the whole account.</summary>
    public const string Account = "account_waits";

    /// <summary>The messenger demands a wait for this chat.</summary>
    public const string Chat = "chat_waits";

    /// <summary>The messenger demands an answer before it takes messages to people who never wrote to us.</summary>
    public const string NewPeople = "new_people_wait";

    /// <summary>Today's budget of strangers is used up.</summary>
    public const string Budget = "budget";

    /// <summary>The messenger refused the message that it shared with others, so each is sent alone.</summary>
    public const string Alone = "goes_alone";

    /// <summary>The message that it was to share with others was not sent after all.</summary>
    public const string LeftOver = "left_over";
}
