using AlertBot.Domain.Alerts;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>How urgent a message is for the outbox, and how long it is worth sending.</summary>
public static class Urgency
{
    public static DeliveryPriority PriorityOf(Severity severity) => severity switch
    {
        Severity.Critical => DeliveryPriority.Now,
        Severity.Urgent => DeliveryPriority.Urgent,
        _ => DeliveryPriority.Reminder,
    };

    /// <summary>After this time it helps nobody any more, and a coordinator is told that it did not arrive.</summary>
    public static Duration WorthSendingFor(Severity severity) => severity switch
    {
        Severity.Critical => Duration.FromDays(7),
        Severity.Urgent => Duration.FromDays(3),
        _ => Duration.FromDays(2),
    };
}
