namespace AlertBot.Domain.Deadlines;

/// <summary>Replaces a rule of law behind a deadline that no law gives.</summary>
/// <param name="Id">Stands in <see cref="Deadline.RuleId"/> instead of the id of a rule.</param>
public readonly record struct OwnRule(string Id)
{
    /// <summary>A date that an event sets: a hearing, the last day printed on an order.</summary>
    public static readonly OwnRule FixedDate = new("date");

    /// <summary>A fact too vague to run a clock.</summary>
    public static readonly OwnRule Confirm = new("confirm");

    /// <summary>A person whose whereabouts are unknown.</summary>
    public static readonly OwnRule Locate = new("locate");

    /// <summary>A person who is released and still wanted, and is asked whether all is well.</summary>
    public static readonly OwnRule Watch = new("watch");

    /// <summary>A person who is held and has no deadline.</summary>
    public static readonly OwnRule NoNextDate = new("no-date");
}
