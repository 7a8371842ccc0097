using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>Carries a question of a coordinator to the reporters of an incident, and the answer back. Neither side sees the other.</summary>
public sealed class AskReporter(SuggestPeople suggest, TellNews news, TextCatalog texts)
{
    private static readonly Duration WorthAsking = Duration.FromDays(1);

    /// <summary>Whether there is anybody who can be asked.</summary>
    public async Task<AskOutcome> CanAskAsync(Session session, Incident incident) => (await ReportersAsync(session, incident)) switch
    {
        { Open.Count: > 0 } => AskOutcome.Asked,
        { Refused: true } => AskOutcome.NoContact,
        _ => AskOutcome.Gone,
    };

    /// <summary>Under the question: the reporter wants to answer it.</summary>
    public const string AnswerPress = "asked:answer";

    public async Task<AskOutcome> AskAsync(Session session, IncidentId id, string question)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Incidents.TakeAsync(id) is not { } incident)
            return AskOutcome.NotAllowed;

        var reporters = await ReportersAsync(session, incident);
        if (reporters.Open.Count == 0)
            return reporters.Refused ? AskOutcome.NoContact : AskOutcome.Gone;

        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.Question, question);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.ask"), id.Value);
        var number = (await session.Incidents.EntriesAsync(id)).Count;
        foreach (var (report, address) in reporters.Open)
        {
            var choices = new[] { new[] { new Choice(texts.Say(address.Language, "button.answer").Plain, $"{AnswerPress}:{report.Id.Value:N}") } };
            await session.Outbox.AddAsync(new NewDelivery(
                $"ask:{report.Id.Value:N}:{number}", address.Id, address.At.Channel, DeliveryPriority.Answer,
                new OutgoingMessage(texts.Say(address.Language, "triage.question", ("question", question)), choices),
                texts.Say(address.Language, "alert.repeat"), session.Now, session.Now + WorthAsking));
        }

        return AskOutcome.Asked;
    }

    /// <summary>What the reporter answers belongs to the report, and stands on the cards of those who may read it.</summary>
    /// <returns>False when there is nothing to answer any more.</returns>
    public async Task<bool> AnswerAsync(Session session, ReportId id, AddressId from, ReporterAnswer answer, CancellationToken ct)
    {
        if (await session.Reports.FindAsync(id) is not { State: ReportState.Sent, IsOfOldKey: false } report || report.From != from
            || report is not { Content: { } content, Incident: { } incidentId }
            || await session.Incidents.TakeAsync(incidentId) is not { } incident)
            return false;

        if (answer.Words is { } said)
            content = content.Saying(said, answer.Message);
        await session.Reports.SaveAsync(id, answer.Point is { } point ? content.At(point) : content);
        await session.ReportFiles.AddAsync(id, answer.Files);
        await session.Incidents.NoteAsync(incidentId, null, IncidentAct.Answer, answer.Shown);
        var saved = await suggest.HeardAsync(session, incident, answer.Words, ct);
        var askers = await TellAskersAsync(session, saved, answer.Shown);
        // Whoever has it acts on it, whoever asked.
        if (saved.Handling != Handling.Open)
            await news.ToldAsync(session, saved, id, TellNews.Answered, answer.Shown, askers);
        return true;
    }

    // Where nobody is left of those who asked, the answer is everybody's who can do something with it.
    private async Task<IReadOnlyCollection<Postgres.Stores.Subscriber>> TellAskersAsync(Session session, Incident incident, string answer)
    {
        var coordinators = await Recipients.CoordinatorsAsync(session);
        var asked = (await session.Incidents.AskersAsync(incident.Id)).ToHashSet();
        var askers = coordinators.Where(one => one.Person is { } person && asked.Contains(person)).ToList();
        var number = (await session.Incidents.EntriesAsync(incident.Id)).Count;
        var to = askers.Count > 0 ? askers : coordinators;
        await session.Outbox.AddAsync(to.Select(one => new NewDelivery(
            $"answer:{incident.Id.Value:N}:{number}", one.Address, one.Channel, DeliveryPriority.Now,
            new OutgoingMessage(texts.Say(one.Language, "triage.answer", ("code", incident.Code.Text), ("answer", answer))),
            texts.Say(one.Language, "alert.repeat"), session.Now, session.Now + WorthAsking)).ToList());
        return to;
    }

    private static async Task<Reporters> ReportersAsync(Session session, Incident incident)
    {
        var (open, refused) = (new List<(Report, Address)>(), false);
        var reports = await session.Reports.OfAsync(incident.Id);
        var addresses = await session.Addresses.FindAsync(reports.Select(report => report.From).OfType<AddressId>());
        foreach (var report in reports)
        {
            if (report is not { State: ReportState.Sent, Content: { } content, From: { } from, IsOfOldKey: false })
                continue;
            if (content.MayContact == false)
                refused = true;
            else if (addresses.TryGetValue(from, out var address) && !address.IsDark && open.All(one => one.Item2.Id != address.Id))
                open.Add((report, address));
        }

        return new Reporters(open, refused);
    }

    private sealed record Reporters(IReadOnlyList<(Report Report, Address Address)> Open, bool Refused);
}

/// <summary>What a reporter answers: in words, or by what they send. Prints as a mask.</summary>
public sealed record ReporterAnswer(string? Words, GeoPoint? Point, IReadOnlyList<IncomingFile> Files)
{
    /// <summary>The message in which they were said.</summary>
    public MessageRef? Message { get; init; }

    /// <summary>In words or signs; a file itself stays with the report.</summary>
    public string Shown => string.Join(' ', new[] { Words, Point is null ? null : "📍", Files.Count == 0 ? null : "📎" }.OfType<string>());

    public override string ToString() => "(answer)";
}

public enum AskOutcome
{
    Asked,

    /// <summary>They asked not to be contacted.</summary>
    NoContact,

    /// <summary>They deleted their report, or cannot be reached.</summary>
    Gone,

    NotAllowed,
}
