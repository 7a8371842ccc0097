using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>Writes alerts and their deliveries, in the act that causes them.</summary>
public static class Alerts
{
    /// <summary>Tells these addresses, once for each cause however often it is raised.</summary>
    /// <returns>False when it was told before.</returns>
    public static async Task<bool> RaiseAsync(
        Session session, TextCatalog texts, AlertDraft draft, IReadOnlyCollection<Subscriber> to, Instant now)
    {
        var isNew = await session.Alerts.AddAsync(new Alert(
            draft.Id, draft.Case, draft.Kind, draft.Severity, draft.DedupKey, draft.Lines[0].Key,
            FactsOf(draft), now));
        if (!isNew)
            return false;

        var expiresAt = now + Urgency.WorthSendingFor(draft.Severity);
        var byLanguage = to.Select(one => one.Language).Distinct(StringComparer.Ordinal).ToDictionary(
            language => language,
            language => (
                Message: new Domain.Channels.OutgoingMessage(
                    draft.TextIn(language, texts), draft.ChoicesIn(language, texts), Silent: draft.Severity == Severity.Info),
                Repeat: texts.Say(language, "alert.repeat")),
            StringComparer.Ordinal);

        await session.Outbox.AddAsync(to.Select(one => new NewDelivery(
            $"alert:{draft.Id.Value:N}", one.Address, one.Channel, Urgency.PriorityOf(draft.Severity),
            byLanguage[one.Language].Message, byLanguage[one.Language].Repeat, now, expiresAt)
        {
            Alert = draft.Id,
        }).ToList());
        return true;
    }

    /// <summary>
    /// Who hears of each case: those subscribed who can be reached; where there is nobody, all coordinators. An alert
    /// never goes to nobody without it being somebody's concern.
    /// </summary>
    public static async Task<Func<CaseId, IReadOnlyCollection<Subscriber>>> RecipientsAsync(Session session, IReadOnlyCollection<CaseId> cases)
    {
        var subscribers = await session.Subscriptions.OpenOfAsync(cases);
        var coordinators = cases.All(subscribers.Contains) ? [] : await CoordinatorsAsync(session);
        return @case => subscribers.Contains(@case) ? subscribers[@case].ToList() : coordinators;
    }

    public static Task<IReadOnlyList<Subscriber>> CoordinatorsAsync(Session session) => session.Addresses.OpenWithRoleAsync(Role.Coordinator);

    // Nested lines and dates are frozen by their invariant text; the words are chosen anew for whoever reads it later.
    private static Dictionary<string, string> FactsOf(AlertDraft draft) => draft.Lines[0].Arguments.ToDictionary(
        argument => argument.Name,
        argument => argument.Value is Line line ? line.Key : FrozenFact.Of(argument.Value),
        StringComparer.Ordinal);
}
