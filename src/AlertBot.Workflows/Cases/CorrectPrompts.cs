using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>How the questions of <c>/correct</c> are put.</summary>
internal static class CorrectPrompts
{
    private const int LongestLabel = 60;

    public static (RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Choices) Events(Talk talk, CaseFile file, int most)
    {
        var events = file.Events.Where(one => !one.IsWithdrawn).OrderByDescending(one => one.RecordedAt).Take(most).ToList();
        IReadOnlyList<Choice> itself = [talk.Button("correct.case-itself", $"change:l:{file.Code.Text}")];
        return events.Count == 0
            ? (talk.Texts.Say(talk.Language, "correct.nothing", ("code", file.Code.Text)), [itself])
            : (talk.Texts.Say(talk.Language, "correct.which", ("code", file.Code.Text)),
                [
                    .. events.Select(one => (IReadOnlyList<Choice>)[new Choice(
                        Shortened.To(CorrectEvent.FactLine(one).In(talk.Language, talk.Texts).Plain, LongestLabel),
                        $"correct:e:{one.Id.Value:N}")]),
                    itself,
                ]);
    }

    public static (RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Choices) Parts(Talk talk, CaseFile file, CaseEvent one) => (
        talk.Texts.Say(
            talk.Language, "correct.what", ("code", file.Code.Text), ("fact", CorrectEvent.FactLine(one).In(talk.Language, talk.Texts))),
        Correcting.PartsOf(one, file).Select(part => talk.Button("correct.part-" + part, $"correct:p:{one.Id.Value:N}:{part}"))
            .Chunk(2).Select(row => (IReadOnlyList<Choice>)row).ToList());

    public static Prompt Gone { get; } = new([new Line("correct.gone")], [[new Option("button.cancel", "cancel")]]);

    public static Prompt Value(CaseFile file, CaseEvent one, Correcting state, bool mayBeSo = false)
    {
        var rows = Values(file, one, state.Part).Select(option => (IReadOnlyList<Option>)[option]).ToList();
        if (mayBeSo)
            rows.Insert(0, [new Option(new Line("event.it-is-right", ("value", state.Told ?? "")), "sure")]);
        rows.Add([new Option("button.cancel", "cancel")]);
        return new Prompt([new Line("correct.now", ("fact", CorrectEvent.FactLine(one))), new Line("correct.ask-" + state.Part)], rows);
    }

    public static Prompt Preview(CaseEvent before, CaseEvent after, CorrectionPreview preview)
    {
        var lines = new List<Line>
        {
            after.IsWithdrawn ? new Line("correct.will-withdraw", ("fact", CorrectEvent.FactLine(before)))
                : after.Preferred != before.Preferred ? new Line("correct.will-prefer", ("fact", CorrectEvent.FactLine(after)))
                : new Line("correct.will-change", ("was", CorrectEvent.FactLine(before)), ("now", CorrectEvent.FactLine(after))),
        };
        lines.AddRange(Details(before, after));
        var dates = preview.Lines().ToList();
        lines.Add(new Line(dates.Count == 0 ? "correct.no-date-moves" : "correct.dates-move"));
        lines.AddRange(dates);
        lines.Add(new Line(
            "correct.told", ("people", preview.Told.Count(one => !one.IsGroup)), ("groups", preview.Told.Count(one => one.IsGroup))));
        return new Prompt(lines, [[new Option("correct.save", "save"), new Option("button.cancel", "cancel")]]);
    }

    private static IEnumerable<Line> Details(CaseEvent before, CaseEvent after)
    {
        if (before.Served != after.Served && after.Served is { } served)
            yield return new Line("case.event-served", ("value", served));
        if (before.Known != after.Known && after.Known is { } known)
            yield return new Line("case.event-known", ("value", known));
        if (before.Sets != after.Sets && after.Sets is { } sets)
            yield return new Line("case.event-sets", ("value", sets));
        if (before.Body != after.Body && after.Body is { } body)
            yield return new Line("case.event-body", ("value", EventPrompts.BodyLine(body)));
    }

    private static IEnumerable<Option> Values(CaseFile file, CaseEvent one, string part) => part switch
    {
        Correcting.HowExactly => (one.When?.Time is null ? new[] { Precision.Day, Precision.Night, Precision.Month } :
            [Precision.Exact, Precision.Day, Precision.Night]).Select(choice => Words.Snake(choice.ToString()))
            .Select(code => new Option("event.precision-" + code, "v." + code)),
        Correcting.Body => EventMenu.Bodies.Select(code => new Option("body." + code.ToLowerInvariant(), "v." + code)),
        Correcting.About => Correcting.Decisions(one, file).Select(other => new Option(CorrectEvent.FactLine(other), $"v.{other.Id.Value:N}")),
        _ => [],
    };
}
