using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Retention;

namespace AlertBot.Workflows.Policies;

/// <summary>Everything that <c>config/policies.yaml</c> decides: when people are reminded, told, asked again.</summary>
public sealed record Policies(
    ReminderPolicy Reminders, QuestionPolicy Questions, IncidentPolicy Incidents, CheckInPolicy CheckIns, SignalPolicy Signal,
    RetentionPolicy Retention);
