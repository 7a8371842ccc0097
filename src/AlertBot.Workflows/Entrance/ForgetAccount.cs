using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.CheckIns;
using AlertBot.Workflows.Reports;

namespace AlertBot.Workflows.Entrance;

/// <summary>Deletes everything that an address told us, its owner's check-in, and the owner too if they are only a reporter.</summary>
public sealed class ForgetAccount(ForgetReports reports, KeepCheckIn checkIns, CheckInContacts contacts)
{
    /// <param name="person">The owner of the address.</param>
    /// <param name="update">The update that asks for it. It is being handled; the others are emptied.</param>
    public async Task RunAsync(Session session, Address here, Person? person, Guid update)
    {
        if (person is not null)
        {
            await checkIns.StopAsync(session, person, pressed: null);
            await contacts.LeaveAsync(session, person, only: null);
        }

        await reports.AllAsync(session, here.Id);
        await session.Conversations.EndAsync(here.Id);
        await session.Inbox.ForgetAsync(here.At, update);
        if (person is { Role: Role.Reporter })
            await session.Addresses.ForgetAsync(here.Id, session.Now);
    }
}
