namespace AlertBot.Domain.Deadlines;

/// <summary>What stands in place of a rule of law behind a deadline that no law gives.</summary>
/// <param name="Id">In <see cref="Deadline.RuleId"/>, where otherwise the id of a rule stands.</param>
public readonly record struct OwnRule(string Id)
{
    /// <summary>A date that an event fixes: a hearing, the last day printed on an order.</summary>
    public static readonly OwnRule FixedDate = new("date");

    /// <summary>A fact too vague to run a clock.</summary>
    public static readonly OwnRule Confirm = new("confirm");

    /// <summary>A person whose place is unknown.</summary>
    public static readonly OwnRule Locate = new("locate");

    /// <summary>A person released and still wanted: is all well?</summary>
    public static readonly OwnRule Watch = new("watch");

    /// <summary>A person held for whom nothing is due.</summary>
    public static readonly OwnRule NoNextDate = new("no-date");
}
