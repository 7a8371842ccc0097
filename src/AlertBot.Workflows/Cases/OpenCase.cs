using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>Registers a person at risk.</summary>
public sealed class OpenCase
{
    /// <summary>Codes are short, so that they can be read aloud; with many cases one is drawn twice now and then.</summary>
    private const int Draws = 100;

    /// <param name="code">Null: one is drawn.</param>
    /// <param name="listener">The address that hears of the case from the start; null: nobody yet, so all coordinators do.</param>
    /// <returns>Null when the actor may not, or when the code is taken.</returns>
    public async Task<CaseFile?> RunAsync(
        Session session, IReadOnlyList<PersonName> names, IReadOnlyList<string> jurisdictions, DateTimeZone zone,
        CaseCode? code = null, AddressId? listener = null)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await FreeCodeAsync(session, code) is not { } free)
            return null;

        var file = new CaseFile(CaseId.New(), free, zone, jurisdictions, CaseStatus.Open, []);
        await session.Cases.AddAsync(file, names, session.Actor.Id);
        if (listener is { } address)
            await session.Subscriptions.AddAsync(file.Id, address, session.Actor.Id);
        await session.Audit.AddAsync(session.Actor.Id, AuditAct.CaseOpened, file.Id.Value);
        return file;
    }

    internal static async Task<CaseCode?> FreeCodeAsync(Session session, CaseCode? wanted = null)
    {
        for (var draw = 0; draw < Draws; draw++)
        {
            var code = wanted ?? CaseCode.New();
            if (await session.Cases.FindAsync(code) is null)
                return code;
            if (wanted is not null)
                return null;
        }

        return null;
    }
}
