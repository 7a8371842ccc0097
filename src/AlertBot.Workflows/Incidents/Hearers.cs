using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;

namespace AlertBot.Workflows.Incidents;

/// <summary>Who hears of a report, as it is when its incident stands.</summary>
/// <param name="IsMuted">Whether its sender is: then nobody hears of it by itself.</param>
/// <param name="Circle">That of the case; nobody, where it is not known whom it is about.</param>
/// <param name="SparesCircle">Whether that waits for coordinators.</param>
/// <param name="Cleared">Who is cleared for the case.</param>
internal sealed record Hearers(
    bool IsMuted, IReadOnlyList<Subscriber> Coordinators, IReadOnlyCollection<Subscriber> Circle, bool SparesCircle, IReadOnlySet<AddressId> Cleared)
{
    public static Question<Hearers> Ask(Session session, Incident incident, Report report)
    {
        var isMuted = report.From is { } sender ? session.Muted.AskHas(sender) : Question.Known(false);
        var coordinators = Recipients.AskCoordinators(session);
        var circle = incident.Case is { } @case
            ? Recipients.Ask(session, @case, coordinators)
            : Question.Known<IReadOnlyCollection<Subscriber>>([]);
        var spares = ReportFlood.AskWhetherCircleIsSpared(session, report);
        var cleared = incident.Case is { } of
            ? session.Subscriptions.AskCleared(of, incident.Id)
            : Question.Known<IReadOnlySet<AddressId>>(new HashSet<AddressId>());
        return Question.Of(
            () => new Hearers(isMuted.Answer, coordinators.Answer, circle.Answer, spares.Answer, cleared.Answer),
            isMuted, coordinators, circle, spares, cleared);
    }
}
