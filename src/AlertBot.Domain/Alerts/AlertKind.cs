namespace AlertBot.Domain.Alerts;

/// <summary>What an alert is about. Operators may send alerts of their own kinds; the program's own kinds are listed here.</summary>
/// <param name="Code">The code in the database and on the command line.</param>
public readonly record struct AlertKind(string Code)
{
    public static readonly AlertKind EventRecorded = new("event_recorded");
    public static readonly AlertKind EventConfirmed = new("event_confirmed");
    public static readonly AlertKind EventCorrected = new("event_corrected");
    public static readonly AlertKind DeadlineMoved = new("deadline_moved");
    public static readonly AlertKind LawChanged = new("law_changed");
    public static readonly AlertKind CaseChanged = new("case_changed");
    public static readonly AlertKind DeadlineReminder = new("deadline_reminder");
    public static readonly AlertKind DeadlineQuestion = new("deadline_question");
    public static readonly AlertKind DeadlineOverdue = new("deadline_overdue");

    /// <summary>Nothing was said of a case for a month: how does it stand?</summary>
    public static readonly AlertKind CaseQuestion = new("case_question");

    /// <summary>An advocate says that there is news of a case: coordinators put it on file.</summary>
    public static readonly AlertKind CaseNews = new("case_news");

    /// <summary>Next year's days off of a State are not loaded yet.</summary>
    public static readonly AlertKind CalendarMissing = new("calendar_missing");

    /// <summary>Tells the circle at once, before anybody has verified it.</summary>
    public static readonly AlertKind IncidentHeadsUp = new("incident_heads_up");

    /// <summary>The full alert, to everybody who follows the case.</summary>
    public static readonly AlertKind IncidentAlert = new("incident_alert");

    /// <summary>Nobody has taken it yet, and the next step of the escalation is told.</summary>
    public static readonly AlertKind IncidentAgain = new("incident_again");

    /// <summary>Asks the person who took it whether they are still on it.</summary>
    public static readonly AlertKind IncidentStill = new("incident_still");

    /// <summary>Asks coordinators to decide about it.</summary>
    public static readonly AlertKind IncidentTriage = new("incident_triage");

    /// <summary>The person who took it says that it is over, and coordinators decide.</summary>
    public static readonly AlertKind IncidentProposed = new("incident_proposed");

    /// <summary>It was closed but is not over.</summary>
    public static readonly AlertKind IncidentReopened = new("incident_reopened");

    /// <summary>Corrects what was told before.</summary>
    public static readonly AlertKind IncidentCorrection = new("incident_correction");

    /// <summary>Something new about it, in the reporter's words. The message is not edited when the incident changes.</summary>
    public static readonly AlertKind IncidentNews = new("incident_news");

    /// <summary>Many reports at once, told together.</summary>
    public static readonly AlertKind ReportFlood = new("report_flood");

    public static readonly AlertKind ReportsWaiting = new("reports_waiting");
    public static readonly AlertKind Undelivered = new("undelivered");
    public static readonly AlertKind UpdatesSetAside = new("updates_set_aside");

    /// <summary>Something on file does not open, or cannot be worked on.</summary>
    public static readonly AlertKind RowDamaged = new("row_damaged");
    public static readonly AlertKind AddressDark = new("address_dark");
    public static readonly AlertKind KeyChanged = new("key_changed");
    public static readonly AlertKind InviteAccepted = new("invite_accepted");
    public static readonly AlertKind AccountJoined = new("account_joined");
    public static readonly AlertKind PersonFrozen = new("person_frozen");
    public static readonly AlertKind PersonUnfrozen = new("person_unfrozen");
    public static readonly AlertKind OnCall = new("oncall");
    public static readonly AlertKind OnCallNobody = new("oncall_nobody");
    public static readonly AlertKind GroupGrown = new("group_grown");
    public static readonly AlertKind GroupLinked = new("group_linked");
    public static readonly AlertKind PersonCame = new("person_came");

    /// <summary>A colleague brings in a file, or takes one back.</summary>
    public static readonly AlertKind Imported = new("imported");
    public static readonly AlertKind RoleLowered = new("role_lowered");
    public static readonly AlertKind RoleGivenBack = new("role_given_back");

    /// <summary>A coordinator wants to suspend more people than one coordinator may.</summary>
    public static readonly AlertKind FreezeWanted = new("person_freeze_wanted");

    /// <summary>One coordinator has suspended two people within an hour.</summary>
    public static readonly AlertKind FrozenTwice = new("person_frozen_twice");

    public static readonly AlertKind FollowWanted = new("follow_wanted");
    public static readonly AlertKind FollowAnswered = new("follow_answered");

    /// <summary>A message from a coordinator to many.</summary>
    public static readonly AlertKind Said = new("said");

    /// <summary>The way of an alert, tried with people who are told that it is a drill.</summary>
    public static readonly AlertKind Drill = new("drill");

    public static readonly AlertKind DrillOver = new("drill_over");
    public static readonly AlertKind SenderMuted = new("sender_muted");
    public static readonly AlertKind NoSpace = new("no_space");

    /// <summary>A backup failed, could not be verified, or is overdue.</summary>
    public static readonly AlertKind Backup = new("backup");

    /// <summary>The database was restored, and hours may be missing.</summary>
    public static readonly AlertKind Restored = new("restored");

    /// <summary>Somebody opens more cases and files than they can be working on.</summary>
    public static readonly AlertKind ManyReadings = new("many_readings");

    /// <summary>Something is soon deleted by itself.</summary>
    public static readonly AlertKind Retention = new("retention");

    /// <summary>An owner wants everything on the machine destroyed.</summary>
    public static readonly AlertKind Wipe = new("wipe");

    /// <summary>Somebody made a token with which a program acts for them.</summary>
    public static readonly AlertKind TokenMade = new("token_made");

    /// <summary>Programs of one maker send more urgent alerts than people can read.</summary>
    public static readonly AlertKind TokenFlood = new("token_flood");

    /// <summary>An owner added a webhook, or switched one on again.</summary>
    public static readonly AlertKind WebhookAdded = new("webhook_added");

    /// <summary>Other programs' monitoring pages those on call, or says that it is over.</summary>
    public static readonly AlertKind Monitoring = new("monitoring");

    /// <summary>A webhook has failed for so long that it is switched off.</summary>
    public static readonly AlertKind WebhookOff = new("webhook_off");

    /// <summary>What should have been done five minutes ago.</summary>
    public static readonly AlertKind Overdue = new("overdue");

    public override string ToString() => Code;
}
