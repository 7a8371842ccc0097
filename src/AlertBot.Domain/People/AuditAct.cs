namespace AlertBot.Domain.People;

/// <summary>The audit log's name for an act. Each code is defined once: here if two rooms use it, otherwise in its room.</summary>
/// <param name="Code">Subject and verb, e.g. <c>case.subscribe</c>. Older entries keep it, so a new name needs a migration.</param>
public readonly record struct AuditAct(string Code)
{
    public static readonly AuditAct PersonFrozen = new("person.freeze");
    public static readonly AuditAct AddressMoved = new("address.moved");
    public static readonly AuditAct InviteMade = new("invite.make");
    public static readonly AuditAct InviteAccepted = new("invite.accept");
    public static readonly AuditAct CaseLinked = new("case.link");
    public static readonly AuditAct CaseUnlinked = new("case.unlink");
    public static readonly AuditAct CaseFollowed = new("case.subscribe");
    public static readonly AuditAct CaseUnfollowed = new("case.unsubscribe");
    public static readonly AuditAct CaseRead = new("case.read");
    public static readonly AuditAct IncidentRead = new("incident.read");
    public static readonly AuditAct FileRead = new("file.read");
    public static readonly AuditAct CaseEventRecorded = new("case.event");
    public static readonly AuditAct CaseOpened = new("case.open");
    public static readonly AuditAct CaseExported = new("case.export");
    public static readonly AuditAct IncidentClosed = new("incident.close");
    public static readonly AuditAct IncidentFalseAlarm = new("incident.false-alarm");
    public static readonly AuditAct IncidentJoined = new("incident.duplicate");
    public static readonly AuditAct IncidentVerified = new("incident.verify");
    public static readonly AuditAct IncidentCorrected = new("incident.correct");
    public static readonly AuditAct IncidentAttached = new("incident.attach");
    public static readonly AuditAct PersonUnfrozen = new("person.unfreeze");
    public static readonly AuditAct RoleChanged = new("person.role");
    public static readonly AuditAct TokenMade = new("token.make");
    public static readonly AuditAct WebhookAdded = new("webhook.add");
    public static readonly AuditAct ImportBegun = new("import.run");
    public static readonly AuditAct AccountJoined = new("account.join");

    public override string ToString() => Code;
}
