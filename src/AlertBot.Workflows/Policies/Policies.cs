using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Incidents;

namespace AlertBot.Workflows.Policies;

/// <summary>All of <c>config/policies.yaml</c>: when people are reminded, told, asked again.</summary>
public sealed record Policies(ReminderPolicy Reminders, IncidentPolicy Incidents, CheckInPolicy CheckIns, SignalPolicy Signal);
