using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;

namespace AlertBot.Workflows.Cases;

/// <summary>Brings in a case with its history at once. Nobody is told of what is past; what is due is told as ever.</summary>
public sealed class ImportCase(CaseWatch watch, LawBook law, OpenCase openCase, Alerts alerting)
{
    /// <returns>The case, or a sentence that says what is wrong.</returns>
    public async Task<(CaseFile? File, string? Problem)> RunAsync(Session session, CaseDocument document, Actor actor)
    {
        if (!actor.MayActAs(Role.Coordinator))
            return (null, "only a coordinator may open a case");
        var jurisdictions = law.Rules.Select(rule => rule.Jurisdiction).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var read = document.Read(jurisdictions, session.Now);
        if (read.Content is not { } content)
            return (null, read.Problem);

        CaseCode? code = CaseCode.TryParse(document.Code, out var given) ? given : null;
        if (await openCase.RunAsync(session, content.Names, document.Jurisdictions, content.Zone, actor, code) is not { } file)
            return (null, $"there is a case {code} already");

        var events = content.Events.Select(@event => @event with { RecordedBy = actor.Id, RecordedAt = session.Now }).ToList();
        foreach (var @event in events)
            await session.Cases.AddEventAsync(file.Id, @event);
        await session.Cases.SetStatusAsync(file.Id, CaseProgress.StatusAfter(events));
        file = await session.Cases.FindAsync(file.Id) ?? throw new InvalidOperationException("A case vanished in the middle of an act.");

        var look = (await watch.LookAsync(session, [file]))[0];
        if (look.Failure is { } failure)
            throw failure;
        var recipients = await Recipients.OfAsync(session, [file.Id]);
        foreach (var draft in ReminderAlert.Of(file, look.Reminders))
            await alerting.RaiseAsync(session, draft, recipients(file.Id));
        return (file, null);
    }
}
