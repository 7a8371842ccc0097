using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Deadlines;

/// <summary>
/// From October on coordinators hear, once a month, of which States with an open case next year's days off are missing. Once they are there,
/// open dates move and people are told, as of any change of the law.
/// </summary>
public sealed class NextYear(Database database, LawBook law, Alerts alerting, DamagedRow damaged) : IRecurringJob
{
    public string Name => "next-years-calendars";

    public JobSchedule Schedule { get; } = new JobSchedule.Daily(new LocalTime(5, 30), DateTimeZone.Utc);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var today = session.Now.InUtc().Date;
        if (!MissingYears.IsTime(today))
            return;

        var of = (await LoadAsync(session, ct)).Where(file => file.Status != CaseStatus.Closed)
            .SelectMany(file => file.Jurisdictions).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = MissingYears.Of(law, today.Year + 1).Where(of.Contains).ToList();
        if (missing.Count > 0)
            await TellAsync(session, today, missing);
        await session.CommitAsync(ct);
    }

    private async Task TellAsync(Session session, LocalDate today, List<string> missing)
    {
        var year = (today.Year + 1).ToString(CultureInfo.InvariantCulture);
        await alerting.RaiseAsync(
            session,
            new AlertDraft(
                null, AlertKind.CalendarMissing, Severity.Notice,
                string.Create(CultureInfo.InvariantCulture, $"calendar:{year}:{today.Month}:{string.Join(',', missing)}"),
                new Line("calendar.next-year-missing", ("year", year), ("states", missing)))
            {
                Needs = Role.Coordinator,
            },
            await Recipients.CoordinatorsAsync(session));
    }

    // One case that cannot be read must not keep the others' States from being looked at.
    private async Task<IReadOnlyList<CaseFile>> LoadAsync(Session session, CancellationToken ct)
    {
        var (all, files) = (await session.Cases.AllAsync(), new List<CaseFile>());
        if (await session.TryAsync(async () => files.AddRange(await session.Cases.LoadAsync(all)), ct) is null)
            return files;
        foreach (var id in all)
        {
            if (await session.TryAsync(async () => files.AddRange(await session.Cases.LoadAsync([id])), ct) is { } failure)
                await damaged.TellAsync(session, "case_file", id.Value, failure);
        }

        return files;
    }
}
