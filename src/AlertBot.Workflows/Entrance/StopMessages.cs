using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;

namespace AlertBot.Workflows.Entrance;

/// <summary>
/// A person wants no more messages: nothing is sent to that chat unasked until they begin again. Their subscriptions stay. If others rely on the
/// person, coordinators are told that alerts no longer arrive there.
/// </summary>
public sealed class StopMessages(DarkAddress darkAddress)
{
    public async Task RunAsync(Session session, Person person, Address here)
    {
        await session.Outbox.FailAllAsync(here.Id, "stopped");
        if (!await session.Addresses.DarkenAsync(here.Id, Refusal.Stopped))
            return;

        await session.Audit.AddAsync(person.Id, new AuditAct("address.stop"), here.Id.Value);
        await darkAddress.TellAsync(session, here, Refusal.Stopped);
    }

    /// <summary>The person wants messages again.</summary>
    public async Task EndAsync(Session session, Person person, Address here)
    {
        if (await session.Addresses.BrightenAsync(here.Id))
            await session.Audit.AddAsync(person.Id, new AuditAct("address.begin"), here.Id.Value);
    }
}
