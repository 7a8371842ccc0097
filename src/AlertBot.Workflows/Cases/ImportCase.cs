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
    /// <summary>The States whose law is on file.</summary>
    public IReadOnlyList<string> Jurisdictions =>
        law.Rules.Select(rule => rule.Jurisdiction).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();

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
    public async Task<CaseCode?> TwinOfAsync(Session session, CaseDocument document) =>
        document.Read(Jurisdictions).Content is { } content
        && (await TwinsAsync(session)).TryGetValue(KeyOf(content.Names.Select(name => name.Reveal())), out var twin)
            ? (await session.Cases.CodesAsync([twin]))[0]
            : null;

    /// <summary>The cases on file by <see cref="KeyOf"/> their names, for whoever brings in many.</summary>
    internal static async Task<Dictionary<string, CaseId>> TwinsAsync(Session session)
    {
        var twins = new Dictionary<string, CaseId>(StringComparer.Ordinal);
        foreach (var names in await session.Cases.NamesSinceAsync(NodaConstants.UnixEpoch))
            twins.TryAdd(KeyOf(names.Select(name => name.Reveal())), names.Key);
        return twins;
    }

    /// <summary>Equal for the same spellings in any order; capitals and spaces do not matter.</summary>
    internal static string KeyOf(IEnumerable<string> names) => string.Join('\n', names
        .Select(name => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant())
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
