using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;

namespace AlertBot.Workflows.Alerting;

/// <summary>Stores alerts and their deliveries in the act that causes them.</summary>
public sealed partial class Alerts(TextCatalog texts, ILogger<Alerts>? logger = null)
{
    /// <summary>For callers that render a message themselves.</summary>
    internal TextCatalog Texts => texts;

    /// <summary>Tells these addresses, once for each cause, however often it is raised.</summary>
    /// <returns>False if it was told before.</returns>
    public Task<bool> RaiseAsync(Session session, AlertDraft draft, IReadOnlyCollection<Subscriber> to) =>
        RaiseAsync(session, draft, to, one => one.Language, (language, _) => draft.MessageIn(language, texts));

    /// <summary>Tells these addresses in different words: groups, advocates and coordinators get different renderings of one incident.</summary>
    /// <param name="reading">Addresses with an equal reading get the same message.</param>
    public Task<bool> RaiseAsync<TReading>(
        Session session, AlertDraft draft, IReadOnlyCollection<Subscriber> to, Func<Subscriber, TReading> reading,
        Func<string, TReading, OutgoingMessage> message, IncidentId? incident = null)
        where TReading : notnull => RaiseAsync(session, [Prepare(session, draft, to, reading, message, incident)]);

    /// <summary>Raises what was prepared, with one way to the database for all of it.</summary>
    /// <returns>Whether one of them was not told before.</returns>
    internal static async Task<bool> RaiseAsync(Session session, IReadOnlyCollection<PreparedAlert> alerts)
    {
        await session.AskAsync(alerts.SelectMany(one => one.Questions));
        var isNew = false;
        foreach (var one in alerts)
            isNew |= await one.TellAsync();
        return isNew;
    }

    /// <inheritdoc cref="RaiseAsync{TReading}"/>
    internal PreparedAlert Prepare<TReading>(
        Session session, AlertDraft draft, IReadOnlyCollection<Subscriber> to, Func<Subscriber, TReading> reading,
        Func<string, TReading, OutgoingMessage> message, IncidentId? incident = null)
        where TReading : notnull
    {
        var isNew = session.Alerts.AskToAdd(
            new Alert(draft.Id, draft.Case, draft.Kind, draft.Severity, draft.DedupKey, draft.Lines[0].Key, FactsOf(draft), session.Now), incident);
        var first = Reach.AskFirstOf(session, to);
        var dark = draft is { Severity: >= Severity.Urgent, Case: { } @case, Needs: null or < Role.Coordinator }
            ? session.Subscriptions.AskDarkOf(@case)
            : Question.Known<IReadOnlyList<Subscriber>>([]);
        return new PreparedAlert([isNew, first, dark], async () =>
        {
            if (!isNew.Answer)
                return false;
            var also = dark.Answer.Where(one => to.All(other => other.Address != one.Address)).ToList();
            var all = first.Answer.Concat(await Reach.FirstOfAsync(session, also)).DistinctBy(one => one.Address).ToList();
            await TellAsync(session, draft, all, reading, message);
            return true;
        });
    }

    private async Task TellAsync<TReading>(
        Session session, AlertDraft draft, IReadOnlyCollection<Subscriber> to, Func<Subscriber, TReading> reading,
        Func<string, TReading, OutgoingMessage> message)
        where TReading : notnull
    {
        if (to.All(one => one.IsDark))
            await KeepAsync(session, draft, reading, message);

        var said = to.Select(one => (one.Language, Reading: reading(one))).Distinct().ToDictionary(
            one => one, one => (Message: message(one.Language, one.Reading), Repeat: texts.Say(one.Language, "alert.repeat")));
        var timing = await Timing.OfAsync(session, draft, to);
        foreach (var (person, one) in timing.ForDigests)
            await session.Rhythms.KeepAsync(person, draft.Id, said[(one.Language, reading(one))].Message.Text);

        await session.Outbox.AddLaterAsync(timing.AtOnce.Select(one => new NewDelivery(
            $"alert:{draft.Id.Value:N}", one.To.Address, one.To.Channel, draft.Priority,
            said[(one.To.Language, reading(one.To))].Message, said[(one.To.Language, reading(one.To))].Repeat,
            one.NotBefore, one.NotBefore + Urgency.WorthSendingFor(draft.Severity))
        {
            Alert = draft.Id,
            Needs = draft.Needs,
        }).ToList());
    }

    // Nobody is sure to read it. The alert is kept, in the words for a coordinator, until there is one (UntoldAlerts).
    private async Task KeepAsync<TReading>(
        Session session, AlertDraft draft, Func<Subscriber, TReading> reading, Func<string, TReading, OutgoingMessage> message)
        where TReading : notnull
    {
        if (logger is not null)
            LogUntold(logger, draft.Id.Value, draft.Kind.Code);
        var said = texts.Languages.Select(language => language.Code).ToDictionary(
            code => code,
            code => new UntoldMessage(
                message(code, reading(new Subscriber(default, default, code, IsGroup: false) { Role = Role.Coordinator })),
                texts.Say(code, "alert.repeat")),
            StringComparer.Ordinal);
        await session.Alerts.KeepUntoldAsync(draft.Id, said, draft.Priority);
    }

    [LoggerMessage(LogLevel.Error, "Alert {AlertId} ({Kind}) reaches nobody: it waits for the first coordinator who can be told")]
    private static partial void LogUntold(ILogger logger, Guid alertId, string kind);

    // Nested lines and dates are frozen as invariant text; the words are chosen anew for a later reader.
    private static Dictionary<string, string> FactsOf(AlertDraft draft) => draft.Lines[0].Arguments.ToDictionary(
        argument => argument.Name,
        argument => argument.Value is Line line ? line.Key : FrozenFact.Of(argument.Value),
        StringComparer.Ordinal);
}

/// <summary>An alert about to be raised.</summary>
/// <param name="Questions">Must be put before <paramref name="TellAsync"/>.</param>
/// <param name="TellAsync">Stores its deliveries. False if it was told before.</param>
internal sealed record PreparedAlert(IReadOnlyList<Question> Questions, Func<Task<bool>> TellAsync);
