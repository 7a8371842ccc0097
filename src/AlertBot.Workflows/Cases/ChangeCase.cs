using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// Puts right what a case was opened with: the spellings of the name, where it is, whose law applies, its code. Its dates are computed anew, and
/// whoever follows it hears what was put right and which dates move.
/// </summary>
public sealed class ChangeCase(CaseWatch watch, LawBook book, Alerts alerting, TellReminders tell)
{
    /// <summary>What would change, before it is saved. Nothing is written.</summary>
    /// <returns>Null when the actor may not, or there is no such case.</returns>
    public async Task<(CaseFile File, DeadlineDiff Diff, int Followers)?> PreviewAsync(Session session, CaseCode code, CaseChange change)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Cases.FindAsync(code) is not { } file)
            return null;

        var after = file with
        {
            Zone = change.Zone ?? file.Zone,
            Jurisdictions = change.Laws ?? file.Jurisdictions,
            Events = [.. file.Events.Select(one => Reread(file, change).FirstOrDefault(other => other.Id == one.Id) ?? one)],
        };
        return (
            file,
            DeadlineDiff.Between(CaseDeadlines.Compute(file, book, session.Now), CaseDeadlines.Compute(after, book, session.Now)),
            (await Recipients.OfAsync(session, [file.Id]))(file.Id).Count);
    }

    /// <returns>What came of it; a sentence that says what is wrong; or neither, when the actor may not or there is no such case.</returns>
    public async Task<(CaseLook? Look, string? Problem)> RunAsync(Session session, CaseCode code, CaseChange change)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Cases.FindAsync(code) is not { } file)
            return (null, null);
        var known = book.Rules.Select(rule => rule.Jurisdiction).ToHashSet(StringComparer.Ordinal);
        if (change.Laws?.FirstOrDefault(law => !known.Contains(law)) is { } unknown)
            return (null, $"no law is on file for '{unknown}'; known are: {string.Join(", ", known.Order(StringComparer.Ordinal))}");

        await session.Cases.LockAsync(file.Id);
        foreach (var name in change.Names)
            await session.Cases.AddNameAsync(file.Id, name);
        foreach (var name in change.Gone)
            await session.Cases.RemoveNameAsync(file.Id, name);
        if (change.NewCode && await OpenCase.FreeCodeAsync(session) is { } free)
            await session.Cases.ChangeCodeAsync(file.Id, free);
        if (Reread(file, change) is { Count: > 0 } reread)
            await session.EventChanges.SaveAsync(reread, session.Actor.Id);
        await session.Cases.ChangeAsync(file.Id, change.Zone ?? file.Zone, change.Laws ?? file.Jurisdictions);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.change"), file.Id.Value, change.What);

        var changed = await session.Cases.FindAsync(file.Id) ?? throw new InvalidOperationException("A case vanished in the middle of an act.");
        var look = (await watch.LookAsync(session, [changed]))[0];
        if (look.Failure is { } failure)
            throw failure;
        var to = (await Recipients.OfAsync(session, [file.Id]))(file.Id);
        await alerting.RaiseAsync(session, ChangeAlert.OfCase(look, Guid.CreateVersion7(), Said(file, changed, change)), to);
        await tell.RunAsync(session, changed, look.Reminders, to);
        return (look, null);
    }

    // What was told by the clock of the wrong place is read by the clock of the right one; what names a place of its own stays.
    private static List<CaseEvent> Reread(CaseFile file, CaseChange change) =>
        change is not { HoursToo: true, Zone: { } zone } || zone.Id == file.Zone.Id ? [] : file.Events
            .Where(one => one.When?.Zone.Id == file.Zone.Id || one.Sets?.Zone.Id == file.Zone.Id)
            .Select(one => one with
            {
                When = one.When is { } when && when.Zone.Id == file.Zone.Id ? when with { Zone = zone } : one.When,
                Sets = one.Sets is { } sets && sets.Zone.Id == file.Zone.Id ? sets with { Zone = zone } : one.Sets,
            }).ToList();

    // Never the names themselves: groups read this too.
    private static IEnumerable<Line> Said(CaseFile before, CaseFile now, CaseChange change)
    {
        if (before.Code != now.Code)
            yield return new Line("alert.case-code", ("was", before.Code.Text), ("code", now.Code.Text));
        if (change.Names.Count + change.Gone.Count > 0)
            yield return new Line("alert.case-names", ("code", now.Code.Text));
        if (change.Zone is not null || change.Laws is not null)
            yield return new Line("alert.case-changed", ("code", now.Code.Text));
    }
}

/// <summary>What is to be otherwise from now on; null: as it is. Prints as a mask.</summary>
/// <param name="Names">Further spellings; those on file stay.</param>
public sealed record CaseChange(IReadOnlyList<PersonName> Names, DateTimeZone? Zone, IReadOnlyList<string>? Laws)
{
    public static CaseChange None { get; } = new([], null, null);

    /// <summary>Spellings that are taken away. The last one stays.</summary>
    public IReadOnlyList<CaseNameId> Gone { get; init; } = [];

    /// <summary>Draws another code: the old one became known to whoever should not know it. It still finds the case.</summary>
    public bool NewCode { get; init; }

    /// <summary>With <see cref="Zone"/>: the hours on file were told by the clock of the new place, and are read so.</summary>
    public bool HoursToo { get; init; }

    /// <summary>Which parts, for the audit log.</summary>
    internal string What => string.Join(' ', new[]
    {
        Names.Count > 0 ? "names" : null,
        Gone.Count > 0 ? "names-gone" : null,
        Zone is null ? null : HoursToo ? "zone-and-hours" : "zone",
        Laws is null ? null : "laws",
        NewCode ? "code" : null,
    }.OfType<string>());

    public override string ToString() => "(change of a case)";
}
