using AlertBot.Domain.Channels;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Reports;

/// <summary>The wording of each question of <see cref="ReportTalk"/>: one thought, and its buttons.</summary>
internal static class ReportPrompts
{
    private const int PerRow = 2;

    // The likeliest first: three of them are seen at once.
    private static readonly ReportKind[] Kinds =
    [
        ReportKind.Arrested, ReportKind.TakenUnknown, ReportKind.Deported, ReportKind.Threatened, ReportKind.Searched, ReportKind.Summoned,
        ReportKind.Released, ReportKind.Other,
    ];

    private static readonly string[] Times = ["now", "today", "night", "yesterday"];

    /// <param name="isFirst">True just after the report was sent: it can still be taken back.</param>
    public static Prompt Ask(Telling telling, bool isFirst = false) => isFirst && Put(telling) is var prompt
        ? prompt with { Options = [.. prompt.Options, [NotMeant]] }
        : Put(telling);

    private static Prompt Put(Telling telling) => telling.At switch
    {
        TellingAt.Resume => new Prompt(
            [new Line("report.resume")],
            [[new Option("report.go-on", ReportTalk.GoOn)], [SendNow], [new Option("report.anew", ReportTalk.Anew)]]),
        TellingAt.Check => AskCheck(telling),
        TellingAt.Change => new Prompt(
            [new Line("report.ask-change")],
            [
                .. Rows(ReportTalk.Questions.Select(at => new Option("report.about." + Words.Snake(at.ToString()), Words.Snake(at.ToString())))),
                [new Option("button.back", ReportTalk.Back), SendNow],
            ]),
        _ => AskQuestion(telling),
    };

    private static Prompt AskQuestion(Telling telling)
    {
        var rows = Rows(telling.At switch
        {
            TellingAt.Kind => Kinds.Select(kind => Words.Snake(kind.ToString())).Select(
                code => new Option("report-kind." + code, code)),
            TellingAt.When => Times.Select(code => new Option("report.when." + code, code)),
            TellingAt.ByWhom => Enum.GetValues<TakenBy>().Select(who => Words.Snake(who.ToString())).Select(
                code => new Option("taken-by." + code, code)),
            TellingAt.Witness => Enum.GetValues<Witness>().Select(one => Words.Snake(one.ToString())).Select(
                code => new Option("report.witness." + code, code)),
            TellingAt.Contact => [new Option("button.yes", "yes"), new Option("button.no", "no")],
            _ => [],
        });

        var answers = rows.Count;
        var lines = new List<Line> { new("report.ask." + Words.Snake(telling.At.ToString())) };
        if (ReportTalk.IsTold(telling, telling.At) && Value(telling, telling.At) is { } told)
        {
            lines.Insert(0, told);
            if (telling.At != TellingAt.Attach)
                rows.Add([new Option("button.leave-out", ReportTalk.Clear)]);
        }

        rows.Add([new Option("button.back", ReportTalk.Back), new Option("button.skip", ReportTalk.Skip)]);
        rows.Add([SendNow]);
        // "7" may be seven o'clock, or a house number.
        if (telling.At is TellingAt.Who or TellingAt.When or TellingAt.Where)
            rows = rows.Select(row => (IReadOnlyList<Option>)row.Select(
                option => option.Data is ReportTalk.Back or ReportTalk.Skip or ReportTalk.Send or ReportTalk.Clear
                    ? option with { AsksBack = true } : option).ToList()).ToList();
        return new Prompt(lines, rows) { Folded = answers };
    }

    private static Prompt AskCheck(Telling telling) => new(
        [
            new Line("report.check"),
            .. ReportTalk.Questions.Select(at => Value(telling, at)).OfType<Line>(),
            .. telling.Content.Words.TakeLast(3).Select(
                words => new Line("incident.words", ("words", Shortened.To(words, 300)))),
        ],
        [[SendNow], [new Option("report.change", ReportTalk.ChangeOne), new Option("button.back", ReportTalk.Back)],
            [NotMeant]]);

    /// <summary>What was told, as a line; null if nothing was.</summary>
    private static Line? Value(Telling telling, TellingAt at) => (at, telling.Content) switch
    {
        (TellingAt.Kind, { Kind: { } kind }) => new Line("report.value.kind", ("what", kind)),
        (TellingAt.Who, { Who: { } who }) => new Line("report.value.who", ("who", who)),
        (TellingAt.When, { When: { } told, WhenRead: { } read }) when told != read.Replace('T', ' ') =>
            new Line("report.value.when-read", ("when", told), ("read", read), ("precision", telling.Content.WhenPrecision!)),
        (TellingAt.When, { When: { } told }) => new Line("report.value.when", ("when", told)),
        (TellingAt.Where, { Where: { } where }) => new Line("report.value.where", ("where", where)),
        (TellingAt.Where, { Point: not null }) => new Line("report.value.place"),
        (TellingAt.ByWhom, { ByWhom: { } who }) => new Line("report.value.by-whom", ("who", who)),
        (TellingAt.Witness, { Witness: { } witness }) => new Line("report.value.witness", ("witness", witness)),
        (TellingAt.Contact, { MayContact: { } may }) => new Line(may ? "report.value.may-contact" : "report.value.no-contact"),
        (TellingAt.Attach, _) when telling.Files > 0 => new Line("report.value.files", ("files", telling.Files)),
        _ => null,
    };

    private static List<IReadOnlyList<Option>> Rows(IEnumerable<Option> options) =>
        options.Chunk(PerRow).Select(row => (IReadOnlyList<Option>)row).ToList();

    // A bare number must not take a report back.
    private static Option NotMeant { get; } = new("report.not-meant", ReportTalk.Discard) { AsksBack = true };

    private static Option SendNow { get; } = new("report.send", ReportTalk.Send);
}
