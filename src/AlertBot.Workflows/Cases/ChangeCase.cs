using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// Puts right what a case was opened with: further spellings of the name, where it is, whose law applies. Its dates are computed anew,
/// and whoever follows it hears which of them move.
/// </summary>
public sealed class ChangeCase(CaseWatch watch, LawBook book, Alerts alerting, TellReminders tell)
{
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
        await session.Cases.ChangeAsync(file.Id, change.Zone ?? file.Zone, change.Laws ?? file.Jurisdictions);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.change"), file.Id.Value);

        var changed = await session.Cases.FindAsync(file.Id) ?? throw new InvalidOperationException("A case vanished in the middle of an act.");
        var look = (await watch.LookAsync(session, [changed]))[0];
        if (look.Failure is { } failure)
            throw failure;
        var to = (await Recipients.OfAsync(session, [file.Id]))(file.Id);
        foreach (var draft in ChangeAlert.OfCase(look, Guid.CreateVersion7()))
            await alerting.RaiseAsync(session, draft, to);
        await tell.RunAsync(session, changed, look.Reminders, to);
        return (look, null);
    }
}

/// <summary>What is to be otherwise from now on; null: as it is. Prints as a mask.</summary>
/// <param name="Names">Further spellings; those on file stay.</param>
public sealed record CaseChange(IReadOnlyList<PersonName> Names, DateTimeZone? Zone, IReadOnlyList<string>? Laws)
{
    public override string ToString() => "(change of a case)";
}
