using AlertBot.Desk.Frame;
using AlertBot.Domain.Cases;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;

namespace AlertBot.Desk.Cases;

/// <summary>A case with the words of its events; where one of them does not open, without any: its dates are what matters first.</summary>
internal static class ReadableCase
{
    /// <param name="file">As found, without words.</param>
    public static async Task<(CaseFile File, bool IsDamaged)> OfAsync(Session session, CaseFile file, UnreadableRows unreadable)
    {
        try
        {
            return (await session.Cases.FindAsync(file.Id, withDetail: true) ?? file, false);
        }
        catch (VaultException)
        {
            unreadable.Say("The words of the events of a case", file.Id.Value);
            return (file, true);
        }
    }
}
