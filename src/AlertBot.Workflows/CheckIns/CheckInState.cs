using System.Text.Json.Serialization;
using AlertBot.Domain.CheckIns;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>What a person has told so far about the check-in they want. It is saved after every step. Prints as a mask.</summary>
public sealed record CheckInState
{
    /// <summary>The number of the open question.</summary>
    public int Turn { get; init; }

    public CheckInAt At { get; init; }

    /// <summary>In the form that <see cref="CheckInSchedule.Read"/> reads.</summary>
    public string? Schedule { get; init; }

    /// <summary>The days chosen so far, for a schedule of certain days.</summary>
    public WeekDays Days { get; init; }

    /// <summary>True while the person is choosing single days.</summary>
    public bool IsByDays { get; init; }

    /// <summary>Null if unknown. Only a schedule by the clock needs it.</summary>
    public string? Zone { get; init; }

    /// <summary>In minutes.</summary>
    public int? Grace { get; init; }

    public string? Called { get; init; }

    public bool IsNameAsked { get; init; }

    [JsonIgnore]
    public CheckInSchedule? Times => Schedule is null ? null : CheckInSchedule.Read(Schedule);

    [JsonIgnore]
    public bool NeedsZone => Times is CheckInSchedule.Daily && Zone is null;

    public override string ToString() => $"(check-in, at {At})";
}

/// <summary>The questions in their order.</summary>
public enum CheckInAt
{
    Explain,
    When,
    Days,
    Hour,
    Zone,
    Grace,
    Name,
    Check,
}

/// <summary>A check-in that a person wants. Prints as a mask.</summary>
/// <param name="Zone">Null: the person's present zone.</param>
/// <param name="Called">The name for contacts and coordinators; null: none.</param>
public sealed record CheckInAnswer(CheckInSchedule Schedule, Duration Grace, string? Zone, string? Called)
{
    public override string ToString() => "(check-in)";
}
