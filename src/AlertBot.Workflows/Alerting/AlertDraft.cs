using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Alerting;

/// <summary>An alert about to be raised, as facts and text keys.</summary>
/// <param name="Case">Null if it is about no case (an address went dark).</param>
/// <param name="DedupKey">Equal for the same cause, which is told once.</param>
/// <param name="Lines">Paragraphs; the first one names the alert.</param>
public sealed record AlertDraft(CaseId? Case, AlertKind Kind, Severity Severity, string DedupKey, params IReadOnlyList<Line> Lines)
{
    /// <summary>Rows of buttons: text key of the label, and data.</summary>
    public IReadOnlyList<IReadOnlyList<(string Key, string Data)>> Buttons { get; init; } = [];

    public AlertId Id { get; init; } = AlertId.New();

    /// <inheritdoc cref="NewDelivery.Needs"/>
    public Role? Needs { get; init; }

    /// <summary>True: a program wrote it. However grave it calls it, what people report goes first.</summary>
    public bool IsByProgram { get; init; }

    public DeliveryPriority Priority => Urgency.PriorityOf(Severity) is DeliveryPriority.Now && IsByProgram
        ? DeliveryPriority.Urgent
        : Urgency.PriorityOf(Severity);

    public RichText TextIn(string language, TextCatalog texts) => RichText.Join("\n", Lines.Select(line => line.In(language, texts)));

    public IReadOnlyList<IReadOnlyList<Choice>>? ChoicesIn(string language, TextCatalog texts) => Buttons.Count == 0 ? null
        : Buttons.Select(
            row => (IReadOnlyList<Choice>)row.Select(button => new Choice(texts.Say(language, button.Key).Plain, button.Data)).ToList()).ToList();

    public OutgoingMessage MessageIn(string language, TextCatalog texts) =>
        new(TextIn(language, texts), ChoicesIn(language, texts), Silent: Severity == Severity.Info);

    public override string ToString() => $"(alert draft {Kind})";
}
