namespace AlertBot.Domain.Alerts;

/// <summary>Why a delivery waits although nothing went wrong. The code is stored with it, so that the wait outlives a restart.</summary>
public static class WaitReason
{
    /// <summary>The messenger asked the whole account for patience.</summary>
    public const string Account = "account_waits";

    /// <summary>The messenger asked for patience in this chat.</summary>
    public const string Chat = "chat_waits";

    /// <summary>The day's number of strangers is used up.</summary>
    public const string Budget = "budget";
}
