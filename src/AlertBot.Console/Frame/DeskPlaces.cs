using AlertBot.Domain.People;

namespace AlertBot.Desk.Frame;

/// <summary>The pages that the navigation leads to, in its order, with who sees them.</summary>
public static class DeskPlaces
{
    public const string Now = "/console";
    public const string Import = "/console/import";
    public const string Jobs = "/jobs";

    /// <summary>The roles that open a page for coordinators, as the framework wants them.</summary>
    public const string Coordinators = nameof(Role.Coordinator) + "," + nameof(Role.Owner);

    public const string Owners = nameof(Role.Owner);

    public static readonly IReadOnlyList<DeskPlace> All =
    [
        new(Now, "desk.nav.now", Role.Coordinator),
        new("/console/cases", "desk.cases.title", Role.Coordinator),
        new("/console/reports", "desk.reports.title", Role.Coordinator),
        new("/console/people", "desk.people.title", Role.Coordinator),
        new("/console/law", "desk.law.title", Role.Coordinator),
        new("/console/drills", "desk.drills.title", Role.Coordinator),
        new(Import, "desk.import.title", Role.Coordinator),
        new("/console/tokens", "desk.tokens.title", Role.Coordinator),
        new("/console/webhooks", "desk.webhooks.title", Role.Owner),
        new("/console/operations", "desk.operations.title", Role.Owner),
        new(Jobs, "desk.jobs", Role.Owner),
    ];
}

/// <param name="Text">The key of its name.</param>
/// <param name="Needs">The least role that may open it.</param>
public sealed record DeskPlace(string Path, string Text, Role Needs)
{
    /// <summary>Whether a page at that address belongs to it.</summary>
    public bool Has(string path) => path == Path || (Path != DeskPlaces.Now && path.StartsWith(Path + "/", StringComparison.Ordinal));
}
