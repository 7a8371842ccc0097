using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Alerting;

/// <summary>An alert about to be raised: facts and keys, no words yet.</summary>
/// <param name="Case">Null: about no case (an address went dark).</param>
/// <param name="DedupKey">The same cause has the same key, and is told once.</param>
/// <param name="Lines">Paragraphs; the first one names the alert.</param>
public sealed record AlertDraft(CaseId? Case, AlertKind Kind, Severity Severity, string DedupKey, params IReadOnlyList<Line> Lines)
{
    /// <summary>Rows of buttons: key of the label, and data.</summary>
    public IReadOnlyList<IReadOnlyList<(string Key, string Data)>> Buttons { get; init; } = [];

    public AlertId Id { get; init; } = AlertId.New();

    public RichText TextIn(string language, TextCatalog texts) => RichText.Join("\n", Lines.Select(line => line.In(language, texts)));

    public IReadOnlyList<IReadOnlyList<Choice>>? ChoicesIn(string language, TextCatalog texts) => Buttons.Count == 0 ? null
        : Buttons.Select(
            row => (IReadOnlyList<Choice>)row.Select(button => new Choice(texts.Say(language, button.Key).Plain, button.Data)).ToList()).ToList();

    public override string ToString() => $"(alert draft {Kind})";
}
