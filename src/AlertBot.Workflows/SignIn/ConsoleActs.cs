using AlertBot.Domain.People;

namespace AlertBot.Workflows.SignIn;

/// <summary>The audit log's names for signing in and out.</summary>
public static class ConsoleActs
{
    public static readonly AuditAct Link = new("console.link");
    public static readonly AuditAct Open = new("console.open");
    public static readonly AuditAct Confirm = new("console.confirm");
    public static readonly AuditAct SignIn = new("console.sign-in");
    public static readonly AuditAct SignOut = new("console.sign-out");

    /// <summary>With the reason as its detail: <c>role</c>, <c>over</c>, <c>other-browser</c>, <c>number</c>, <c>not-me</c>.</summary>
    public static readonly AuditAct Refuse = new("console.refuse");
}
