using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Sandbox.Signal;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.Benchmarks.Sending;

/// <content>People on Signal.</content>
internal sealed partial class SendingBench
{
    /// <summary>Adds people with Signal.</summary>
    /// <param name="isKnown">Whether they have written to the bot. The others are asked to.</param>
    public async Task<IReadOnlyList<(SandboxSignalPhone Phone, Subscriber Subscriber)>> AddSignalPeopleAsync(int count, bool isKnown)
    {
        await using var session = await _database.BeginAsync(CancellationToken.None);
        var handshake = new Handshake(_texts);
        var people = new List<(SandboxSignalPhone, Subscriber)>();
        for (var number = 0; number < count; number++)
        {
            var phone = Sandbox.AddSignalPhone($"{(isKnown ? "Known" : "Stranger")} {number}");
            if (isKnown)
                phone.SendText("Hello");
            var person = new Person(PersonId.New(), Role.Advocate, "en", DateTimeZone.Utc, IsFrozen: false);
            await session.People.AddAsync(person);
            var address = await session.Addresses.EnsureAsync(phone.Address, person.Id, isGroup: false, "en");
            if (isKnown)
                await session.Addresses.WarmAsync(address.Id);
            else
                await handshake.AskAsync(session, address);
            people.Add((phone, new Subscriber(address.Id, ChannelKind.Signal, "en", IsGroup: false)));
        }

        await session.CommitAsync(CancellationToken.None);
        return people;
    }

    /// <summary>Writes an alert to these people.</summary>
    public Task RaiseToAsync(IEnumerable<Subscriber> to, Severity severity, string text) => RaiseAsync(to.ToList(), severity, text);
}
