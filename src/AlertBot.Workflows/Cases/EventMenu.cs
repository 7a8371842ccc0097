using AlertBot.Domain.Cases;

namespace AlertBot.Workflows.Cases;

/// <summary>The kinds of events in groups, as people of the trade look for them; and what is asked about each.</summary>
public static class EventMenu
{
    /// <summary>Groups with their kinds; the text of a group is <c>event-group.&lt;name&gt;</c>.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Kinds)> Groups { get; } =
    [
        ("taken",
        [
            "detention_start", "rearrest", "abduction_reported", "administrative_detention", "administrative_detention_ordered",
            "administrative_arrest_ordered", "custody_ordered", "temporary_custody_ordered", "extradition_arrest_ordered",
            "asylum_detention_ordered", "transfer_detention_ordered", "prior_detention",
        ]),
        ("custody",
        [
            "custody_extended", "still_held", "contact_from_custody", "transfer_of_custody", "location_unknown", "release",
            "charge_reported", "custody_appeal_filed", "custody_appeal_decided", "objection_lodged", "objection_decided",
            "ill_treatment_reported", "interrogation", "pressure",
        ]),
        ("court", ["hearing_set", "hearing_held", "case_sent_to_court", "conviction", "complaint_filed", "complaint_decided"]),
        ("extradition",
        [
            "extradition_request", "request_supplement_asked", "request_supplement_received", "extradition_decision",
            "extradition_decision_served", "extradition_appeal_filed", "extradition_appeal_received", "extradition_appeal_decided",
            "handover_date_set", "handover_failed", "extradited", "request_withdrawn", "request_still_valid",
        ]),
        ("asylum",
        [
            "asylum_application", "asylum_registered", "asylum_lodged", "fingerprinted", "certificate_issued", "certificate_renewed", "interview_set",
            "asylum_refused", "asylum_granted", "decision_pending", "decision_postponed", "decision_served", "decision_became_known", "appeal_filed",
            "appeal_file_received", "appeal_decided", "risk_learned", "irregular_entry",
        ]),
        ("eu",
        [
            "eurodac_hit", "take_charge_requested", "take_back_requested", "take_back_notified", "accepted", "silence_acceptance",
            "transfer_decision", "transfer_done", "absconding_alleged", "suspensive_effect_asked", "suspensive_effect_granted",
            "suspensive_effect_refused",
        ]),
        ("removal", ["expulsion_order", "entry_ban", "deported"]),
        ("international",
        [
            "application_filed", "interim_measure_asked", "interim_measure_granted", "interim_measure_refused", "case_communicated",
            "views_or_judgment",
        ]),
        ("life",
        [
            "arrival", "travel", "departure_reported", "departed", "death_reported", "residence_permit", "citizenship", "document_issued",
            "family_fact", "statement", "publication", "planned_event", "intention", "status_note",
        ]),
        ("case", ["identity_merge", "case_closed", "case_reopened"]),
    ];

    /// <summary>Whether the day of service and the day it became known matter.</summary>
    public static bool IsDecision(string kind) => EventKinds.Decisions.Contains(new EventKind(kind));

    /// <summary>What is asked about the date that such an event fixes: key of the question; null: it fixes none.</summary>
    public static string? QuestionOfDateSet(string kind) => kind switch
    {
        "hearing_set" or "interview_set" or "handover_date_set" => "event.ask-set-for",
        "certificate_issued" or "certificate_renewed" or "document_issued" or "residence_permit" => "event.ask-document-until",
        "asylum_granted" => null,
        "custody_extended" => "event.ask-order-until",
        _ when EventKinds.Taken.Contains(new EventKind(kind)) => "event.ask-order-until",
        _ when IsDecision(kind) => "event.ask-appeal-until",
        _ => null,
    };

    /// <summary>Courts and committees above the States, as <c>config/law</c> names them; the text of each is <c>body.&lt;code&gt;</c>.</summary>
    public static IReadOnlyList<string> Bodies { get; } = ["ECHR", "HRC", "CAT", "WGAD", "WGEID"];

    /// <summary>Goes to one of several courts and committees, each of which keeps its own limits only: so it is asked to which.</summary>
    public static bool GoesToACommittee(string kind) => kind is "application_filed" or "interim_measure_asked" or "interim_measure_granted"
        or "interim_measure_refused" or "case_communicated" or "views_or_judgment";

    /// <summary>What is planned or intended lies ahead; everything else has happened.</summary>
    public static bool MayLieAhead(string kind) => kind is "planned_event" or "intention";
}
