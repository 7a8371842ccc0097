namespace AlertBot.Domain.Cases;

/// <summary>
/// All kinds of events in the case model, by track, with other words for them. A file with an unknown kind is reported as wrong, never silently
/// accepted.
/// </summary>
public static class EventKinds
{
    /// <summary>After one of these a person is held.</summary>
    public static readonly IReadOnlySet<EventKind> Taken = Set(
        "detention_start", "rearrest", "abduction_reported", "administrative_detention", "administrative_arrest_ordered",
        "administrative_detention_ordered", "custody_ordered", "temporary_custody_ordered", "extradition_arrest_ordered",
        "asylum_detention_ordered", "transfer_detention_ordered");

    /// <summary>These show that a person is still held.</summary>
    public static readonly IReadOnlySet<EventKind> StillHeld = Set(
        "contact_from_custody", "custody_extended", "transfer_of_custody", "still_held", "location_unknown", "handover_failed");

    /// <summary>Decisions whose day and whose becoming known may differ.</summary>
    public static readonly IReadOnlySet<EventKind> Decisions = Set(
        "asylum_refused", "asylum_granted", "extradition_decision", "transfer_decision", "expulsion_order", "entry_ban",
        "appeal_decided", "complaint_decided", "extradition_appeal_decided", "views_or_judgment");

    public static readonly IReadOnlySet<EventKind> Asylum = Set(
        "asylum_application", "asylum_registered", "fingerprinted", "certificate_issued", "certificate_renewed",
        "interview_set", "asylum_refused", "asylum_granted");

    /// <summary>Tell where a person is, which matters to the procedures of every State.</summary>
    public static readonly IReadOnlySet<EventKind> OfWhereabouts = Set("release", "extradited", "deported", "transfer_done", "departed");

    /// <summary>Requests to a court, committee or authority, and its answers. Each is about one decision and goes to one body.</summary>
    public static readonly IReadOnlySet<EventKind> Filings = Set(
        "appeal_filed", "complaint_filed", "custody_appeal_filed", "extradition_appeal_filed", "application_filed", "interim_measure_asked",
        "interim_measure_granted", "interim_measure_refused", "suspensive_effect_asked", "suspensive_effect_granted", "suspensive_effect_refused",
        "complaint_decided", "appeal_decided", "custody_appeal_decided", "extradition_appeal_decided");

    /// <summary>Stand people down, which takes two people.</summary>
    public static readonly IReadOnlySet<EventKind> StandDown = Set(
        "release", "extradited", "deported", "transfer_done", "departed", "death_reported", "case_closed");

    private static readonly IReadOnlySet<EventKind> Others = Set(
        // Custody
        "charge_reported", "hearing_set", "hearing_held", "release", "custody_appeal_filed", "custody_appeal_decided",
        "objection_lodged", "objection_decided", "prior_detention", "case_sent_to_court",
        // Extradition
        "extradition_request", "request_supplement_asked", "request_supplement_received", "extradition_decision_served",
        "extradition_appeal_filed", "extradition_appeal_received", "handover_date_set", "extradited",
        "request_withdrawn", "request_still_valid",
        // Asylum and administrative procedure
        "irregular_entry", "risk_learned", "decision_pending", "decision_became_known", "decision_served",
        "appeal_filed", "appeal_file_received", "complaint_filed", "asylum_lodged", "decision_postponed", "suspensive_effect_asked",
        // European Union
        "eurodac_hit", "take_charge_requested", "take_back_requested", "take_back_notified", "accepted", "silence_acceptance",
        "transfer_done", "absconding_alleged", "suspensive_effect_granted", "suspensive_effect_refused",
        // Removal
        "deported",
        // International
        "application_filed", "interim_measure_asked", "interim_measure_granted", "interim_measure_refused", "case_communicated",
        // Life
        "arrival", "residence_permit", "citizenship", "document_issued", "travel", "departure_reported", "departed", "family_fact",
        "ill_treatment_reported", "pressure", "interrogation", "conviction", "death_reported", "statement", "publication", "planned_event",
        "status_note", "intention", "identity_merge", "case_closed", "case_reopened");

    // Sources and older files use other words.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["dublin_transfer"] = "transfer_done",
        ["asylum_certificate_issued"] = "certificate_issued",
        ["accusation"] = "charge_reported",
        ["international_application"] = "application_filed",
        ["arrest"] = "detention_start",
        ["detention"] = "detention_start",
        ["abduction"] = "abduction_reported",

        // A correction is no event of its own: the stored event is corrected.
        ["correction"] = "status_note",
    };

    public static readonly IReadOnlySet<EventKind> All =
        new[] { Taken, StillHeld, Decisions, Asylum, Others }.SelectMany(kinds => kinds).ToHashSet();

    /// <summary>The kind with that code or alias, with any separator between its words; null if there is none.</summary>
    public static EventKind? Find(string code)
    {
        var word = code.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        var kind = new EventKind(Aliases.GetValueOrDefault(word, word));
        return All.Contains(kind) ? kind : null;
    }

    public static IEnumerable<string> KnownCodes => All.Select(kind => kind.Code).Concat(Aliases.Keys);

    private static HashSet<EventKind> Set(params string[] codes) => codes.Select(code => new EventKind(code)).ToHashSet();
}
