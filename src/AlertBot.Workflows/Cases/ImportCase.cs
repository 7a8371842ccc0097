using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>Brings in a case with its history at once. Nobody is told of what is past; what is due is told as ever.</summary>
public sealed class ImportCase(CaseWatch watch, LawBook law, OpenCase openCase, TellReminders tell)
{
    /// <returns>The case, or a sentence that says what is wrong.</returns>
    public async Task<(CaseFile? File, string? Problem)> RunAsync(Session session, CaseDocument document)
    {
        if (!session.Actor.MayActAs(Role.Coordinator))
            return (null, "only a coordinator may open a case");
        var (read, problem) = document.Read(Jurisdictions, session.Now);
        if (read is not { } content)
            return (null, problem);

        CaseCode? code = CaseCode.TryParse(document.Code, out var given) ? given : null;
        if (await openCase.RunAsync(session, content.Names, content.Jurisdictions, content.Zone, code) is not { } file)
            return (null, $"there is a case {code} already");

        var events = content.Events.Select(@event => @event with { RecordedBy = session.Actor.Id, RecordedAt = session.Now }).ToList();
        foreach (var @event in events)
            await session.Cases.AddEventAsync(file.Id, @event);
        await session.Cases.SetStatusAsync(file.Id, CaseProgress.StatusAfter(events));
        file = await session.Cases.FindAsync(file.Id) ?? throw new InvalidOperationException("A case vanished in the middle of an act.");

        var look = (await watch.LookAsync(session, [file]))[0];
        if (look.Failure is { } failure)
            throw failure;
        var recipients = await Recipients.OfAsync(session, [file.Id]);
        await tell.RunAsync(session, file, look.Reminders, recipients(file.Id));
        return (file, null);
    }

    /// <summary>A case on file with the same names. Two people may have one name, so it is for whoever brings it in to say.</summary>
    public async Task<CaseCode?> TwinOfAsync(Session session, CaseDocument document)
    {
        static string Folded(PersonName name) => string.Join(' ', name.Reveal().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToUpperInvariant();

        var wanted = (document.Read(Jurisdictions).Content?.Names ?? []).Select(Folded).ToHashSet(StringComparer.Ordinal);
        var same = wanted.Count == 0 ? null : (await session.Cases.NamesSinceAsync(NodaConstants.UnixEpoch))
            .FirstOrDefault(names => wanted.SetEquals(names.Select(Folded)));
        return same is null ? null : (await session.Cases.LoadAsync([same.Key]))[0].Code;
    }

    private List<string> Jurisdictions =>
        law.Rules.Select(rule => rule.Jurisdiction).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
}
