using AlertBot.Domain.Reports;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Domain.Incidents;

/// <summary>
/// What a further report adds to an incident. Another voice, place or day is news. If the report came long after the others, or names
/// another time or place, it may tell of something new that happened to the same person, and people are asked.
/// </summary>
/// <param name="IsVoice">Its reporter is independent of the others.</param>
/// <param name="MayBeNew">It may tell of another event.</param>
public sealed record SameOrNew(bool IsVoice, bool HasPlace, bool HasDay, bool MayBeNew)
{
    /// <summary>After this time a report may tell of something new.</summary>
    public static readonly Duration Late = Duration.FromHours(1);

    // One witness's "evening" is another's "ten o'clock".
    private const long Near = 6;

    public bool IsNews => IsVoice || HasPlace || HasDay || MayBeNew;

    /// <param name="before">The other reports that can be read.</param>
    public static SameOrNew Of(IReadOnlyCollection<Report> before, Report report)
    {
        var content = report.Content;
        var others = before.Where(one => one.Content is { IsSilence: false }).ToList();
        var isVoice = Independence.Count([.. before, report]) > Independence.Count(before);
        var hasPlace = content?.WhereShown() is { } where && others.All(one => one.Content!.WhereShown() != where);
        var hasDay = DayOf(content) is { } day && others.All(one => DayOf(one.Content) != day);
        var isLate = before.Count > 0 && before.Max(one => one.SentAt ?? one.BegunAt) + Late < (report.SentAt ?? report.BegunAt);
        var isElsewhere = hasPlace && content!.Where is { } there && others.Any(one => one.Content!.Where is { } here && !IsSamePlace(here, there));
        var isAnotherTime = hasDay && others.Any(one => DayOf(one.Content) is not null && IsFar(one.Content!, content!));
        return new SameOrNew(isVoice, hasPlace, hasDay, isLate || isElsewhere || isAnotherTime);
    }

    private static string? DayOf(ReportContent? content) => content?.WhenRead?.Split('T')[0];

    private static bool IsSamePlace(string here, string there) =>
        here.Contains(there, StringComparison.OrdinalIgnoreCase) || there.Contains(here, StringComparison.OrdinalIgnoreCase)
        || (Places.Cities.FindIn(here) is { } one && Places.Cities.FindIn(there) is { } other && one.City == other.City);

    private static bool IsFar(ReportContent one, ReportContent other) =>
        WhenText.Read(one.WhenRead!, DateTimeZone.Utc) is { } first && WhenText.Read(other.WhenRead!, DateTimeZone.Utc) is { } second
        && (first is { Time: { } early } && second is { Time: { } late }
            ? Period.Between(first.Day.At(early), second.Day.At(late), PeriodUnits.Hours).Hours is > Near or < -Near
            : first.Day != second.Day);
}
