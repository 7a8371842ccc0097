using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>An alert about to be raised: facts and keys, no words yet.</summary>
/// <param name="Case">Null: about no case (an address went dark).</param>
/// <param name="Kind">Code of the alert's kind, e.g. <c>deadline_reminder</c>.</param>
/// <param name="DedupKey">The same cause has the same key, and is told once.</param>
/// <param name="Lines">Paragraphs; the first one names the alert.</param>
public sealed record AlertDraft(CaseId? Case, string Kind, Severity Severity, string DedupKey, params IReadOnlyList<Line> Lines)
{
    /// <summary>Rows of buttons: key of the label, and data.</summary>
    public IReadOnlyList<IReadOnlyList<(string Key, string Data)>> Buttons { get; init; } = [];

    public AlertId Id { get; init; } = AlertId.New();

    public RichText TextIn(string language, TextCatalog texts) => RichText.Join("\n", Lines.Select(line => line.In(language, texts)));

    public IReadOnlyList<IReadOnlyList<Choice>>? ChoicesIn(string language, TextCatalog texts) => Buttons.Count == 0 ? null
        : Buttons.Select(row => (IReadOnlyList<Choice>)row.Select(button => new Choice(texts.Say(language, button.Key).Plain, button.Data)).ToList()).ToList();

    public override string ToString() => $"(alert draft {Kind})";
}

/// <summary>One paragraph by its key. An argument may be another line, said in the same language.</summary>
public sealed record Line(string Key, params (string Name, object Value)[] Arguments)
{
    public RichText In(string language, TextCatalog texts) => texts.Say(
        language, Key, Arguments.Select(argument => (argument.Name, argument.Value is Line inner ? inner.In(language, texts) : argument.Value)).ToArray());

    public override string ToString() => $"({Key})";
}

/// <summary>How urgent a message is to the outbox, and how long it is worth sending.</summary>
public static class Urgency
{
    public static DeliveryPriority PriorityOf(Severity severity) => severity switch
    {
        Severity.Critical => DeliveryPriority.Now,
        Severity.Urgent => DeliveryPriority.Urgent,
        _ => DeliveryPriority.Reminder,
    };

    /// <summary>After that nobody is helped by it any more, and a coordinator is told that it did not arrive.</summary>
    public static Duration WorthSendingFor(Severity severity) => severity switch
    {
        Severity.Critical => Duration.FromDays(7),
        Severity.Urgent => Duration.FromDays(3),
        _ => Duration.FromDays(2),
    };
}
