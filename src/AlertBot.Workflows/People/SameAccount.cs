using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.People;

/// <summary>
/// The person known by a number and the one known by an account turn out to be one, as the messenger says. One of the two stays: whoever is
/// suspended, or else whoever has the greater role.
/// </summary>
public static class SameAccount
{
    /// <param name="account">The account that has taken over from the number.</param>
    public static async Task JoinAsync(Session session, Address account, PersonId ofNumber)
    {
        if (account.Person is not { } ofAccount || ofAccount == ofNumber || await session.People.FindAsync(ofNumber) is not { } number
            || await session.People.FindAsync(ofAccount) is not { } other)
            return;

        var isNumber = number.IsFrozen || (number.Role > other.Role && !other.IsFrozen);
        var (stays, goes) = isNumber ? (number, other) : (other, number);
        if (isNumber)
        {
            await session.Addresses.GiveToAsync(account.Id, number.Id);
            await session.Addresses.SetLanguageAsync(account.Id, number.Language);
        }

        await session.Audit.AddAsync(null, AuditAct.AccountJoined, account.Id.Value);
        if ((await session.Addresses.OfAsync(goes.Id)).Count > 0)
            return;
        await session.CheckIns.GiveToAsync(goes.Id, stays.Id);
        await session.People.HandOverAsync(goes.Id, stays.Id);
        // If something depends on that person, it stays as an id.
        await session.TryAsync(() => session.People.EraseAsync(goes.Id), CancellationToken.None);
    }
}
