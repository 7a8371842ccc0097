using System.Text.Json.Serialization;
using AlertBot.Domain.CheckIns;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>What has been told so far of the check-in a person wants. It is saved after every step. Prints as a mask.</summary>
public sealed record CheckInState
{
    /// <summary>Number of the open question.</summary>
    public int Turn { get; init; }

    public CheckInAt At { get; init; }

    /// <summary>As <see cref="CheckInSchedule.Read"/> takes it.</summary>
    public string? Schedule { get; init; }

    /// <summary>Chosen on the way to a schedule of certain days.</summary>
    public WeekDays Days { get; init; }

    /// <summary>The days are being chosen, not all of them taken.</summary>
    public bool IsByDays { get; init; }

    /// <summary>Null: not known. Only a schedule by the clock needs it.</summary>
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

/// <summary>Questions in their order.</summary>
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
/// <param name="Zone">Null: the one the person lives by already.</param>
/// <param name="Called">What contacts and coordinators read; null: no name.</param>
public sealed record CheckInAnswer(CheckInSchedule Schedule, Duration Grace, string? Zone, string? Called)
{
    public override string ToString() => "(check-in)";
}
