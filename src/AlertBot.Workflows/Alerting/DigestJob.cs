using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Alerting;

/// <summary>Sends each due digest: one for each person and day, however often it runs, and one in place of many after an outage.</summary>
public sealed class DigestJob(Database database, DigestPage page, TextCatalog texts, DamagedRow damaged) : IRecurringJob
{
    private const int Batch = 50;
    private static readonly Duration WorthSending = Duration.FromHours(20);
    private static readonly Duration Postponed = Duration.FromHours(1);

    public string Name => "digests";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromMinutes(1));

    public async Task RunAsync(CancellationToken ct)
    {
        while (await TickAsync(ct))
        {
        }
    }

    /// <returns>False if none was due.</returns>
    private async Task<bool> TickAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var due = await session.Rhythms.TakeDigestsAsync(Batch);
        foreach (var rhythm in due)
        {
            if (await session.TryAsync(() => SendAsync(session, rhythm), ct) is not { } failure)
                continue;
            await damaged.TellAsync(session, "rhythm", rhythm.Person.Value, failure, isOfPerson: true);
            await session.Rhythms.SaveAsync(rhythm with { DigestAt = session.Now + Postponed });
        }

        await session.CommitAsync(ct);
        return due.Count > 0;
    }

    private async Task SendAsync(Session session, Rhythm rhythm)
    {
        if (rhythm.Digest is not { } interval || await session.People.FindAsync(rhythm.Person) is not { } person)
            return;

        var next = rhythm with { DigestAt = DigestTime.NextAfter(session.Now, interval, person.Zone) };
        var address = (await session.Addresses.OfAsync(person.Id)).FirstOrDefault(one => !one.IsDark);
        // A person who cannot be told keeps what waits for them.
        if (address is null || !person.MayActAs(Role.Advocate))
        {
            await session.Rhythms.SaveAsync(next);
            return;
        }

        if (await page.OfAsync(session, person, rhythm.DigestSince ?? session.Now) is { } text)
        {
            var day = LocalDatePattern.Iso.Format(session.Now.InZone(person.Zone).Date);
            await session.Outbox.AddAsync(new NewDelivery(
                $"digest:{person.Id.Value:N}:{day}", address.Id, address.At.Channel, DeliveryPriority.Digest, new OutgoingMessage(text, Silent: true),
                texts.Say(person.Language, "alert.repeat"), session.Now, session.Now + WorthSending));
        }

        await session.Rhythms.SaveAsync(next with { DigestSince = session.Now });
    }
}
