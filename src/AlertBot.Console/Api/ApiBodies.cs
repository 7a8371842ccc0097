using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AlertBot.Desk.Api;

/// <summary>An alert that a program writes to the followers of a case. Prints as a mask.</summary>
internal sealed record NewAlert
{
    [Required, Description("Code of the case, e.g. K-7F3Q.")]
    public string Case { get; init; } = "";

    [Description("info, notice (default), urgent or critical. Urgent and critical ones break through quiet hours.")]
    public string? Severity { get; init; }

    [Required, MaxLength(2000), Description("What to say. No names: it goes to groups too.")]
    public string Text { get; init; } = "";

    public override string ToString() => "(new alert)";
}

/// <param name="Told">False: nobody who can be reached follows the case, and there is no coordinator. It is kept for the first there is.</param>
internal sealed record AlertGiven(Guid Id, string Case, bool Told);

/// <summary>A report as a witness would send it. Prints as a mask.</summary>
internal sealed record NewReport
{
    [Required, MaxLength(3000), Description("What happened, in the witness's own words and language.")]
    public string Text { get; init; } = "";

    [Description("deported, taken_unknown, arrested, threatened, searched, summoned, released or other. Read from the words where it is missing.")]
    public string? Kind { get; init; }

    [MaxLength(200), Description("The name of the person concerned, as the witness spells it.")]
    public string? Who { get; init; }

    [MaxLength(200), Description("When it happened, in words or as 2026-03-02T09:00.")]
    public string? When { get; init; }

    [MaxLength(200), Description("Where it happened, in words.")]
    public string? Where { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    [Description("police, plain_clothes, border, migration, foreign or unknown.")]
    public string? ByWhom { get; init; }

    [Description("saw, heard or self.")]
    public string? Witness { get; init; }

    [Description("false: nobody asks back.")]
    public bool? MayContact { get; init; }

    [Description("true: passed on, and not told by a witness. It confirms nothing that others told.")]
    public bool? Forwarded { get; init; }

    public override string ToString() => "(new report)";
}

/// <param name="Incident">The incident that it belongs to.</param>
/// <param name="Receipt">Whoever has this number can read how the report stands, add to it and delete it, from any account of a messenger.</param>
internal sealed record ReportGiven(string? Incident, string Receipt)
{
    public override string ToString() => "(report given)";
}

/// <summary>A fact for the file of a case. Prints as a mask.</summary>
internal sealed record NewEvent
{
    [Required, Description("Code of the kind, as in case files: detention_start, hearing_set, extradition_request, release, ...")]
    public string Kind { get; init; } = "";

    [Description("When it happened, by the clock there: 2024-03-26, 2024-03-26T00:20, 2024-03 or 2024.")]
    public string? At { get; init; }

    [Description("exact, night, day, month, year or unknown.")]
    public string? Precision { get; init; }

    [Description("The last day it may have been.")]
    public string? Until { get; init; }

    [Description("Time zone of the place; that of the case where it is missing.")]
    public string? Zone { get; init; }

    [Description("The day on which it became known.")]
    public string? Known { get; init; }

    [Description("The day on which a paper was served.")]
    public string? Served { get; init; }

    [Description("The date that it fixes: of a hearing, the last day printed on a paper.")]
    public string? Sets { get; init; }

    [Description("Code of the State whose law applies.")]
    public string? Jurisdiction { get; init; }

    [MaxLength(20), Description("The court, committee or authority: ECHR, HRC, a State's code.")]
    public string? Body { get; init; }

    [Description("Of a filing or its answer: the id of the event that it is about, as this address answered it.")]
    public Guid? About { get; init; }

    [MaxLength(300)]
    public string? Place { get; init; }

    [MaxLength(300), Description("Where this is known from.")]
    public string? Source { get; init; }

    [MaxLength(300)]
    public string? Authority { get; init; }

    [MaxLength(2000)]
    public string? Note { get; init; }

    [Description("true: a date that looks like a slip is right.")]
    public bool? Sure { get; init; }

    public override string ToString() => "(new event)";
}

/// <param name="Confirmed">A date that starts or stops clocks wants a second person, who confirms it in the chat or at the desk.</param>
/// <param name="Dates">The case's next dates with it.</param>
internal sealed record EventGiven(Guid Id, string Case, bool Confirmed, IReadOnlyList<DateGiven> Dates);

/// <param name="More">There are further ones: ask again with <c>skip</c>.</param>
internal sealed record CasesGiven(IReadOnlyList<CaseGiven> Cases, bool More);

internal sealed record CaseGiven(string Code, string Status, IReadOnlyList<string> Jurisdictions, string? NextKind, DateEnd? NextEarliest);

internal sealed record DatesGiven(string Code, string Status, string Zone, IReadOnlyList<DateGiven> Dates);

/// <param name="Rule">Id of the rule of law, as <c>rules list</c> shows it.</param>
/// <param name="Confirmed">A second person has confirmed the date from which it is counted.</param>
/// <param name="Earliest">Be warned by this one.</param>
/// <param name="Latest">Only after this one is it surely over.</param>
internal sealed record DateGiven(string Kind, string Rule, string State, bool Confirmed, DateEnd Earliest, DateEnd Latest);

/// <param name="Local">A day, of which it is the end; or a day with its hour.</param>
internal sealed record DateEnd(string Local, string Zone, string Instant);
