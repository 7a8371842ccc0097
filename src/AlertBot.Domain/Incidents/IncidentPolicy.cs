using AlertBot.Domain.Reports;
using NodaTime;

namespace AlertBot.Domain.Incidents;

/// <summary>How incidents are told and followed up: the section <c>incidents</c> of <c>config/policies.yaml</c>.</summary>
public sealed record IncidentPolicy
{
    public static readonly IncidentPolicy Usual = new();

    /// <summary>After this long a silence, a draft that names a taken person is sent by itself.</summary>
    public Duration DraftSilence { get; init; } = Duration.FromMinutes(10);

    /// <summary>Reports about one person within this time belong to one incident.</summary>
    public Duration GatherWithin { get; init; } = Duration.FromHours(24);

    /// <summary>If nobody verifies or dismisses it within this time, the full alert goes out anyway, and says so.</summary>
    public Duration TellFullyAfter { get; init; } = Duration.FromMinutes(30);

    /// <summary>The number of independent reporters that leads to a full alert.</summary>
    public int IndependentReporters { get; init; } = 2;

    /// <summary>Who is told next while nobody has taken it, in order, each after <see cref="NextStepAfter"/>.</summary>
    public IReadOnlyList<EscalationStep> Steps { get; init; } =
        [EscalationStep.OnCall, EscalationStep.Subscribers, EscalationStep.Coordinators, EscalationStep.OtherChannel];

    public Duration NextStepAfter { get; init; } = Duration.FromMinutes(3);

    /// <summary>The interval after the last step, until somebody takes it.</summary>
    public Duration RepeatEvery { get; init; } = Duration.FromMinutes(5);

    /// <summary>After this time the person who took it is asked whether they are still on it.</summary>
    public Duration StillOnItAfter { get; init; } = Duration.FromMinutes(60);

    /// <summary>Without an answer within this time, it is open again.</summary>
    public Duration OpenAgainAfter { get; init; } = Duration.FromMinutes(15);

    /// <summary>An urgent message that has not left after this time also goes to the person's account on another messenger.</summary>
    public Duration OtherChannelAfter { get; init; } = Duration.FromSeconds(45);

    /// <summary>The day of the week on which duty passes to the next one.</summary>
    public IsoDayOfWeek HandOverDay { get; init; } = IsoDayOfWeek.Monday;

    /// <inheritdoc cref="HandOverDay"/>
    public LocalTime HandOverAt { get; init; } = new(9, 0);

    /// <summary>The zone of the coordinators, in which duty changes.</summary>
    public DateTimeZone HandOverZone { get; init; } = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    /// <summary>Kinds told at once to the circle of a registered person.</summary>
    public IReadOnlySet<ReportKind> Grave { get; init; } = new HashSet<ReportKind>
    {
        ReportKind.Deported, ReportKind.TakenUnknown, ReportKind.Arrested, ReportKind.Threatened, ReportKind.Searched,
    };
}

/// <summary>Who is told when nobody has taken an incident.</summary>
public enum EscalationStep
{
    OnCall,
    Subscribers,
    Coordinators,
    OtherChannel,
}
