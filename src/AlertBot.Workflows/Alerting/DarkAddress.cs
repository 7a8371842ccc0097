using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Alerting;

/// <summary>Tells coordinators that an address can no longer be reached, since somebody may now miss an alert.</summary>
public sealed class DarkAddress(Alerts alerting)
{
    public async Task TellAsync(Session session, Address address, Refusal why)
    {
        // A reporter may leave at any time, and nobody is told.
        var owner = address.Person is { } id ? await session.People.FindAsync(id) : null;
        var cases = await session.Subscriptions.CasesOfAsync(address.Id);
        if (cases.Count == 0 && owner?.Role is null or Role.Reporter)
            return;

        var codes = (await session.Cases.LoadAsync(cases)).Select(file => file.Code.Text).ToList();
        var draft = new AlertDraft(
            null, AlertKind.AddressDark, Severity.Urgent, $"dark:{address.Id.Value:N}:{session.Now.ToUnixTimeSeconds()}", new Line(
            "address.dark",
            ("who", owner is null
                ? new Line("address.a-group", ("title", await session.Addresses.TitleAsync(address.Id) ?? "–"))
                : new Line("address.a-person", ("role", owner.Role), ("who", owner.Shown))),
            ("reason", why),
            ("codes", codes.Count == 0 ? "–" : string.Join(", ", codes))));

        var coordinators = (await Recipients.CoordinatorsAsync(session)).Where(one => one.Address != address.Id).ToList();
        await alerting.RaiseAsync(session, draft, coordinators);
        await session.Audit.AddAsync(null, new AuditAct("address.dark"), address.Id.Value, Words.Snake(why.ToString()));
    }
}
