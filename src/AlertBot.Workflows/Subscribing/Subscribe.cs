using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.Subscribing;

/// <summary>
/// An advocate begins or ceases to hear of a case, in their own private chat. To begin they must know its code, which is told to
/// those it concerns; nobody but the audit log is told.
/// </summary>
public sealed class Subscribe
{
    /// <summary>After so many wrong codes in an hour it is not even looked any more.</summary>
    public const int MostWrongCodes = 20;

    private const string Kind = "case";
    private static readonly Duration Memory = Duration.FromHours(1);

    public async Task<Subscribed> RunAsync(Session session, CaseCode code, Address here)
    {
        if (!session.Actor.MayActAs(Role.Advocate) || here.IsGroup || here.Person != session.Actor.Id)
            return Subscribed.NotAllowed;
        if (await session.WrongCodes.CountAsync(here.Id, Kind, session.Now - Memory) >= MostWrongCodes)
            return Subscribed.NotFound;

        if (await session.Cases.FindAsync(code) is not { } file)
        {
            await session.WrongCodes.AddAsync(here.Id, Kind);
            return Subscribed.NotFound;
        }

        if (!await session.Subscriptions.AddAsync(file.Id, here.Id, session.Actor.Id))
            return Subscribed.Already;

        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.subscribe"), file.Id.Value, here.Id.Value.ToString("N"));
        return Subscribed.Done;
    }

    /// <returns>False when they did not follow it, whether or not there is such a case.</returns>
    public async Task<bool> EndAsync(Session session, CaseCode code, Address here)
    {
        if (!session.Actor.MayActAs(Role.Advocate) || here.IsGroup || here.Person != session.Actor.Id
            || await session.Cases.FindAsync(code) is not { } file || !await session.Subscriptions.RemoveAsync(file.Id, here.Id))
            return false;

        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.unsubscribe"), file.Id.Value, here.Id.Value.ToString("N"));
        return true;
    }
}

public enum Subscribed
{
    Done,
    Already,
    NotFound,
    NotAllowed,
}
