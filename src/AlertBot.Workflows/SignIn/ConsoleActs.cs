namespace AlertBot.Workflows.SignIn;

/// <summary>What the audit log calls the acts of signing in and out.</summary>
public static class ConsoleActs
{
    public const string Link = "console.link";
    public const string Open = "console.open";
    public const string Confirm = "console.confirm";
    public const string SignIn = "console.sign-in";
    public const string SignOut = "console.sign-out";

    /// <summary>With the reason as detail: <c>role</c>, <c>over</c>, <c>other-browser</c>, <c>number</c>, <c>not-me</c>.</summary>
    public const string Refuse = "console.refuse";
}
