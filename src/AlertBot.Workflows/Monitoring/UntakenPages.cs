using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.Monitoring;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Monitoring;

/// <summary>
/// An urgent page that nobody takes goes on to all on the rota, then to coordinators, then to all of them again and again, ever more rarely: until
/// somebody takes it or it is over.
/// </summary>
public sealed class UntakenPages(Database database, Alerts alerting, IncidentPolicy policy, DamagedRow damaged) : IRecurringJob
{
    private const int AtOnce = 20;

    // The steps that go on to others, and those that follow as often as an incident's do.
    internal const int StepsUntil = 3, OftenUntil = 12;

    internal static readonly Duration Rarely = Duration.FromHours(1);

    public string Name => "untaken-pages";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(30));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        foreach (var id in await session.Pages.TakeDueIdsAsync(AtOnce))
        {
            if (await session.TryAsync(() => GoOnAsync(session, id), ct) is not { } failure)
                continue;
            await damaged.TellAsync(session, "page", id.Value, failure);
            await session.Pages.PostponeAsync(id, session.Now + Rarely);
        }

        await session.CommitAsync(ct);
    }

    private async Task GoOnAsync(Session session, PageId id)
    {
        if (await session.Pages.FindAsync(id) is not { } page)
            return;
        var next = page with { Step = page.Step + 1 };
        // What need not be taken is told once more, with what was added.
        await session.Pages.StepAsync(page.Id, page.Severity >= Severity.Urgent ? session.Now + WaitAfter(next) : null);
        var to = await ToAsync(session, next);
        if (to.Count > 0)
            await alerting.RaiseAsync(session, PageWords.DraftOf(next, HeadOf(page)), to);
    }

    private static Line HeadOf(Page page) => page.IsHeld
        ? new Line("monitoring.together", ("count", page.Content.Count + page.More))
        : new Line("monitoring.again");

    private Duration WaitAfter(Page page) => page.Step switch
    {
        < StepsUntil => policy.NextStepAfter,
        < OftenUntil => policy.RepeatEvery,
        _ => Rarely,
    };

    private static async Task<IReadOnlyCollection<Subscriber>> ToAsync(Session session, Page page)
    {
        var rota = page.Step == 2 ? [] : (await session.OnCall.RotaAsync()).People;
        var people = await session.Addresses.OpenOfAsync(rota.ToList());
        return page.Step == 1 && people.Count > 0
            ? people
            : people.Concat(await Recipients.CoordinatorsAsync(session)).DistinctBy(one => one.Address).ToList();
    }
}
