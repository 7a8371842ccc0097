using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>An incident with all that its cards show. Prints as a mask.</summary>
/// <param name="File">The case of the person; null: not recognised.</param>
/// <param name="Names">Of the case, or as reported.</param>
/// <param name="Reports">Those that can still be read, oldest first.</param>
public sealed record IncidentView(Incident Incident, CaseFile? File, IReadOnlyList<PersonName> Names, IReadOnlyList<Report> Reports)
{
    /// <summary>Who may be meant, best first; where it is known whom it is about, who else may be named.</summary>
    public IReadOnlyList<SuggestedPerson> Suggestions { get; init; } = [];

    /// <summary>What was done about it so far.</summary>
    public IncidentStory Story { get; init; } = new(Incident, []);

    /// <summary>Who was told of it so far, counted; null: not counted.</summary>
    public Line? Told { get; init; }

    /// <summary>How colleagues know those who did something with it.</summary>
    public IReadOnlyDictionary<PersonId, string> Colleagues { get; init; } = new Dictionary<PersonId, string>();

    public string ShownOf(PersonId person) => Colleagues.TryGetValue(person, out var shown) ? shown : PersonSign.Of(person);

    /// <summary>How many files came with the reports.</summary>
    public int Files { get; init; }

    public static async Task<IncidentView> OfAsync(Session session, Incident incident)
    {
        var view = Ask(session, incident);
        await session.AskAsync(view);
        return await view.Answer.WithColleaguesAsync(session);
    }

    /// <summary>Without its colleagues: an incident that was just begun has none.</summary>
    public static Question<IncidentView> Ask(Session session, Incident incident)
    {
        var reports = session.Reports.AskOf(incident.Id);
        var file = incident.Case is { } @case ? session.Cases.AskFor(@case) : Question.Known<CaseFile?>(null);
        var names = incident.Case is { } named ? session.Cases.AskNames(named) : Question.Known<IReadOnlyList<PersonName>>([]);
        var entries = session.Incidents.AskEntries(incident.Id);
        var files = session.Incidents.AskFiles(incident.Id);
        var told = session.Incidents.AskToCountTold(incident.Id);
        return Question.Of(
            () =>
            {
                var readable = reports.Answer.Where(report => report is { State: ReportState.Sent, Content: not null }).ToList();
                return new IncidentView(
                    incident, file.Answer,
                    file.Answer is null
                        ? readable.Select(report => report.Content!.Who).OfType<string>().Select(name => new PersonName(name)).Distinct().ToList()
                        : names.Answer,
                    readable)
                {
                    Suggestions = SuggestPeople.In(incident, entries.Answer),
                    Story = new IncidentStory(incident, entries.Answer),
                    Files = files.Answer,
                    Told = incident.IsToldFully ? new Line(
                        "ack.told", ("groups", told.Answer.Groups), ("advocates", told.Answer.Advocates), ("coordinators", told.Answer.Coordinators))
                        : null,
                };
            },
            [reports, file, names, entries, files, .. incident.IsToldFully ? [told] : Array.Empty<Question>()]);
    }

    public async Task<IncidentView> WithColleaguesAsync(Session session) => this with
    {
        Colleagues = await session.People.ShownAsync(
            Story.Entries.Select(entry => entry.By).Append(Incident.TakenBy).Append(Incident.VerifiedBy).OfType<PersonId>()),
    };

    /// <summary>What is shown in place of a name.</summary>
    public string CodeShown => File is null ? Incident.Code.Text : $"{File.Code.Text} · {Incident.Code.Text}";

    /// <summary>The clock by which times of it are told: of the case, else of the place that a reporter named, else of most who report.</summary>
    public DateTimeZone Zone => File?.Zone ?? NamedZone ?? DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    /// <summary>The clock of the place that a reporter named; null: none did.</summary>
    public DateTimeZone? NamedZone => Reports.Select(report => report.Content!.Zone).OfType<string>()
        .Select(DateTimeZoneProviders.Tzdb.GetZoneOrNull).OfType<DateTimeZone>().FirstOrDefault();

    /// <summary>What is to be known of the accounts that told it, before anybody believes them; null: nothing.</summary>
    public Line? RestsOn
    {
        get
        {
            var told = Reports.Where(report => report.Content!.IsSilence == false).ToList();
            var isNew = told.Count > 0 && told.All(report => report.AccountSince is { } since && report.SentAt - since < Duration.FromDays(1));
            var isAlike = Independence.AreAlike(told);
            var count = told.Select(report => report.From).OfType<AddressId>().Distinct().Count();
            return count > 1 && (isNew || isAlike) ? new Line("incident.rests-on", ("count", count), ("new", isNew), ("alike", isAlike)) : null;
        }
    }

    /// <summary>How many people told it who do not depend on each other.</summary>
    public int IndependentReporters => Independence.Count(Reports);

    public override string ToString() => $"(view of {Incident.Code})";
}
