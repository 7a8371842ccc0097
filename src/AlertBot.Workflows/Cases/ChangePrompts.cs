using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>How the questions about a case itself are put.</summary>
internal static class ChangePrompts
{
    private const int LawsPerRow = 2;
    private const int MostNames = 12;
    private const int MostZones = 8;

    public static Prompt Value(Changing state, CaseFile file, IReadOnlyList<(CaseNameId Id, PersonName Name)> names, LawMenu laws)
    {
        var rows = state.Part switch
        {
            Changing.NameGone => names.Take(MostNames)
                .Select(one => Row(new Line("change.spelling", ("name", one.Name.Reveal())), $"{one.Id.Value:N}")),
            Changing.Zone => file.Jurisdictions.SelectMany(code => laws.Find(code)?.Zones ?? []).Concat(ZoneName.Common)
                .Prepend(state.Told is [var near] ? near : file.Zone.Id).Distinct(StringComparer.Ordinal).Take(MostZones)
                .Select(zone => Row(new Line("newcase.zone", ("zone", zone)), zone)),
            Changing.Laws => LawRows(state.Told ?? file.Jurisdictions, laws),
            _ => [],
        };
        var list = rows.ToList();
        if (state.Part == Changing.Laws)
            list.Add([new Option("button.continue", "go")]);
        list.Add([new Option("button.cancel", "cancel")]);
        return new Prompt([new Line("change.ask-" + state.Part, ("code", file.Code.Text))], list)
        {
            Folded = state.Part is Changing.Zone ? list.Count - 1 : 0,
        };
    }

    public static Prompt Join(CaseFile kept, CaseFile other) => new(
        [
            new Line("change.will-join", ("code", kept.Code.Text), ("other", other.Code.Text)),
            new Line("change.will-join-what", ("code", kept.Code.Text), ("other", other.Code.Text), ("count", other.Events.Count)),
        ],
        [[new Option("change.join", "save"), new Option("button.cancel", "cancel")]]);

    /// <param name="dates">The dates that change, a line each.</param>
    /// <param name="withHours">The same, where the hours on file are read by the clock of the new place.</param>
    public static Prompt Preview(Changing state, CaseFile file, IReadOnlyList<Line> dates, IReadOnlyList<Line> withHours, int followers)
    {
        var lines = new List<Line> { Now(state, file) };
        lines.Add(new Line(dates.Count == 0 ? "correct.no-date-moves" : "correct.dates-move"));
        lines.AddRange(dates);
        var asksHours = state.Part == Changing.Zone && withHours.Count > 0;
        if (asksHours)
        {
            lines.Add(new Line("change.hours-too"));
            lines.AddRange(withHours);
        }

        lines.Add(new Line("change.told", ("count", followers)));
        List<IReadOnlyList<Option>> options = asksHours ? [[new Option("change.save-hours", "hours")]] : [];
        options.Add([new Option("correct.save", "save"), new Option("button.cancel", "cancel")]);
        return new Prompt(lines, options);
    }

    private static Line Now(Changing state, CaseFile file) => state switch
    {
        { Part: Changing.Zone, Told: [var zone] } => new Line("newcase.check-zone", ("zone", zone)),
        { Part: Changing.Laws, Told: { Count: > 0 } laws } => new Line("newcase.check-law", ("jurisdictions", laws)),
        { Part: Changing.Laws } => new Line("newcase.check-no-law"),
        { Part: Changing.Name, Told: { } names } => new Line("case.names", ("names", names)),
        { Part: Changing.NewCode } => new Line("change.ask-code", ("code", file.Code.Text)),
        _ => new Line("change.ask-" + state.Part, ("code", file.Code.Text)),
    };

    private static IEnumerable<IReadOnlyList<Option>> LawRows(IReadOnlyList<string> chosen, LawMenu laws) => laws.Places.Select(place =>
    {
        var name = new Line("jurisdiction." + place.Code);
        return new Option(chosen.Contains(place.Code) ? new Line("button.chosen", ("what", name)) : name, "v." + place.Code);
    }).Chunk(LawsPerRow);

    private static IReadOnlyList<Option> Row(Line label, string value) => [new Option(label, "v." + value)];
}
