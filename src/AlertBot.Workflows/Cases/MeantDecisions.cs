using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>What a filing could be about, where more than one decision or body could be meant: nothing is met until it is said.</summary>
internal static class MeantDecisions
{
    private const string Decision = "e.";
    private const string Body = "b.";

    /// <returns><c>e.ID</c> for a decision, <c>b.CODE</c> for a body; none where it is plain what is meant.</returns>
    public static IReadOnlyList<string> Of(CaseFile file, CaseEvent filing, LawBook book, Instant now)
    {
        if (filing.About is not null || !EventKinds.Filings.Contains(filing.Kind))
            return [];

        var others = file.Events.Where(one => one.Id != filing.Id);
        var with = file with { Events = [.. others, filing with { RecordedAt = filing.RecordedAt == default ? now : filing.RecordedAt }] };
        return CaseDeadlines.Compute(with, book, now)
            .Where(deadline => deadline.Doubts.Any(doubt => doubt.Kind == DoubtKind.WhichDecision && doubt.Event == filing.Id))
            .SelectMany(deadline => book.Find(deadline.RuleId) is { Bodies: { Count: > 0 } bodies }
                ? bodies.Select(code => Body + code)
                : [$"{Decision}{deadline.Trigger.Value:N}"])
            .Distinct(StringComparer.Ordinal).ToList();
    }

    public static Prompt Ask(IReadOnlyList<string> meant, CaseFile file, IReadOnlyList<Option> last)
    {
        var rows = meant.Select(code => LabelOf(code, file) is { } label ? new Option(label, EventTalk.Meant + code) : null).OfType<Option>()
            .Select(option => (IReadOnlyList<Option>)[option]).ToList();
        rows.Add([new Option("event.about-unknown", EventTalk.Meant + "?")]);
        rows.Add(last);
        return new Prompt([new Line("event.ask-about")], rows);
    }

    private static Line? LabelOf(string code, CaseFile file) => code switch
    {
        _ when code.StartsWith(Body, StringComparison.Ordinal) => EventPrompts.BodyLine(code[Body.Length..]),
        _ when file.Events.FirstOrDefault(one => code == $"{Decision}{one.Id.Value:N}") is { } one =>
            new Line("event.about-decision", ("kind", one.Kind), ("when", one.When!)),
        _ => null,
    };
}
