using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Desk.Cases;

/// <summary>A case as typed into the form. It asks what the chat asks. Prints as a mask.</summary>
public sealed class NewCaseForm
{
    /// <summary>A spelling on each line.</summary>
    public string? Names { get; set; }

    /// <summary>Code of the State where the person is.</summary>
    public string? Place { get; set; }

    /// <summary>Codes of further laws that apply.</summary>
    public IReadOnlyList<string>? Laws { get; set; }

    /// <summary>A time zone, or a city in it. Empty: that of the State.</summary>
    public string? Zone { get; set; }

    /// <summary><c>true</c>: whoever opens it hears of it from the start.</summary>
    public string? Follow { get; set; }

    /// <summary>The cases that may be of the same person, as they were shown.</summary>
    public string? Seen { get; set; }

    /// <returns>What is to be opened, or what is wrong with it.</returns>
    public (NewCaseAnswer? Case, IReadOnlyList<Line> Problems) Read(LawMenu laws)
    {
        var (names, problem) = Spellings(Names);
        var problems = new List<Line>();
        if (problem is not null)
            problems.Add(problem);
        var place = laws.Places.FirstOrDefault(one => one.IsState && one.Code == Place);
        var codes = (place is null ? [] : laws.TreatiesOf(place.Code).Prepend(place.Code))
            .Concat((Laws ?? []).Where(code => laws.Find(code) is not null)).Distinct(StringComparer.Ordinal).ToList();
        var zone = string.IsNullOrWhiteSpace(Zone) ? place?.Zones.Count > 0 ? place.Zones[0] : null : ZoneName.Find(Zone.Trim());
        if (zone is null)
            problems.Add(ZoneName.Near(Zone ?? "") is { } near ? new Line("zone-near", ("zone", near)) : new Line("newcase.bad-zone"));
        return problems.Count > 0 || zone is null ? (null, problems) : (new NewCaseAnswer(names, codes, zone), []);
    }

    /// <summary>Spellings of a name, one a line, within the limits of the chat.</summary>
    internal static (IReadOnlyList<string> Names, Line? Problem) Spellings(string? text)
    {
        var names = (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal).ToList();
        return (names, names.Count == 0 || names.Exists(name => !name.Any(char.IsLetter)) ? new Line("newcase.no-name")
            : names.Exists(name => name.Length > NewCaseTalk.NameLimit) ? new Line("talk.too-long", ("limit", NewCaseTalk.NameLimit))
            : names.Count > NewCaseTalk.MostNames ? new Line("newcase.too-many-names", ("limit", NewCaseTalk.MostNames))
            : null);
    }

    public override string ToString() => "(new case)";
}
