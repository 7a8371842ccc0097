namespace AlertBot.Domain.Alerts;

/// <summary>Codes of why a delivery waits although nothing went wrong. They are kept with it, so that a wait outlives a restart.</summary>
public static class WaitReason
{
    /// <summary>The messenger asked the whole account for patience.</summary>
    public const string Account = "account_waits";

    /// <summary>The messenger asked for patience in this chat.</summary>
    public const string Chat = "chat_waits";

    /// <summary>A day with room for another stranger is waited for.</summary>
    public const string Budget = "budget";
}
