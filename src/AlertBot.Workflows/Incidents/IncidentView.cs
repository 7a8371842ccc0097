using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;

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

    /// <summary>How colleagues know those who did something with it.</summary>
    public IReadOnlyDictionary<PersonId, string> Colleagues { get; init; } = new Dictionary<PersonId, string>();

    public string ShownOf(PersonId person) => Colleagues.TryGetValue(person, out var shown) ? shown : PersonSign.Of(person);

    /// <summary>How many files came with the reports.</summary>
    public int Files { get; init; }

    public static async Task<IncidentView> OfAsync(Session session, Incident incident)
    {
        var reports = (await session.Reports.OfAsync(incident.Id)).Where(report => report is { State: ReportState.Sent, Content: not null }).ToList();
        var file = incident.Case is { } @case ? await session.Cases.FindAsync(@case) : null;
        var names = file is null
            ? reports.Select(report => report.Content!.Who).OfType<string>().Select(name => new PersonName(name)).Distinct().ToList()
            : await session.Cases.NamesAsync(file.Id);
        var entries = await session.Incidents.EntriesAsync(incident.Id);
        return new IncidentView(incident, file, names, reports)
        {
            Suggestions = SuggestPeople.In(incident, entries),
            Story = new IncidentStory(incident, entries),
            Colleagues = await session.People.ShownAsync(
                entries.Select(entry => entry.By).Append(incident.TakenBy).Append(incident.VerifiedBy).OfType<PersonId>()),
            Files = await session.Incidents.FilesAsync(incident.Id),
        };
    }

    /// <summary>What is shown in place of a name.</summary>
    public string CodeShown => File is null ? Incident.Code.Text : $"{File.Code.Text} · {Incident.Code.Text}";

    /// <summary>How many people told it who do not depend on each other.</summary>
    public int IndependentReporters => Independence.Count(Reports);

    public override string ToString() => $"(view of {Incident.Code})";
}
