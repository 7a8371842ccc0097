using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Deadlines;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>Codes of cases and their next dates, for programs. No name is in them.</summary>
public sealed class ReadDates
{
    private static readonly AuditAct Read = new("case.dates");

    // A program that asks every minute is one look.
    private static readonly Duration OneLook = Duration.FromMinutes(15);

    /// <summary>Cases by their next date.</summary>
    public async Task<IReadOnlyList<ListedCase>> ListAsync(Session session, CaseStatus? status, int skip, int most)
    {
        if (!session.Actor.MayActAs(Role.Advocate))
            return [];
        await NoteAsync(session, session.Actor.Token?.Value);
        return await session.Desk.CasesAsync(
            new CaseFilter(status, null, session.Actor.MayActAs(Role.Coordinator) ? null : await CaseAccess.AllAsync(session), IsAlone: false, skip),
            most);
    }

    /// <returns>Null when there is none of that code, or none for who acts.</returns>
    public async Task<(CaseFile File, IReadOnlyList<Deadline> Dates)?> OfAsync(Session session, CaseCode code)
    {
        if (await CaseAccess.FindAsync(session, code) is not { } file)
            return null;
        await NoteAsync(session, file.Id.Value);
        return (file, await NextAsync(session, file.Id));
    }

    /// <summary>The dates that still run, the earliest first. Questions and reminders of ours are none.</summary>
    public static async Task<IReadOnlyList<Deadline>> NextAsync(Session session, CaseId @case) =>
        (await session.Deadlines.OfAsync([@case]))[@case].Select(one => one.Deadline)
        .Where(deadline => deadline.IsOpen && ChangeAlert.IsDate(deadline)).ToList();

    private static async Task NoteAsync(Session session, Guid? subject)
    {
        if (subject is { } id && !(await session.Audit.OfAsync(id, Read, session.Now - OneLook)).Any(
            entry => entry.Token == session.Actor.Token?.Value))
            await session.Audit.AddAsync(session.Actor.Id, Read, id);
    }
}
