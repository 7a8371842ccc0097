using AlertBot.Domain.Time;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// Dates that can be read and are most likely a slip of the keyboard: one that lies ahead of what has happened, one before
/// <see cref="Oldest"/>, one that an event sets before itself or half a life later. They are asked about, and kept if somebody says so.
/// </summary>
internal static class DateDoubt
{
    /// <summary>Before it hardly anything was done to people who are alive and at risk.</summary>
    public const int Oldest = 1990;

    private const int FarthestYears = 20;
    /// <summary>What can be so, and is asked about.</summary>
    public const string Unusual = "event.really";

    private const string Ahead = "event.ahead";

    /// <returns>What to say of it; null when nothing is odd, or when somebody said that it is right.</returns>
    public static Line? Of(EventState state, EventAt at, string text, LocalDate today)
    {
        if (state.Sure.Contains(text) || WhenText.Read(text, state.ZoneOfCase) is not { Window: { } window })
            return null;

        return at == EventAt.Sets
            ? OfSet(window, state.When?.Window, today)
            : OfWhatHappened(window, today, EventMenu.MayLieAhead(state.Kind ?? "") && at == EventAt.Date);
    }

    /// <summary>False for what cannot be: nowhere on earth has it happened yet.</summary>
    public static bool MayBeSo(Line doubt) => doubt.Key == Unusual;

    public static Line? OfWhatHappened(WhenWindow window, LocalDate today, bool mayLieAhead = false) => mayLieAhead ? null
        : window.FirstDay > today.PlusDays(1) ? new Line(Ahead, ("day", window.FirstDay))
        : window.FirstDay > today || window.LastDay.Year < Oldest ? new Line(Unusual, ("day", window.FirstDay))
        : null;

    public static Line? OfSet(WhenWindow set, WhenWindow? @event, LocalDate today) =>
        set.LastDay.Year < Oldest || set.FirstDay > today.PlusYears(FarthestYears) || (@event is { } own && set.LastDay < own.FirstDay)
            ? new Line(Unusual, ("day", set.LastDay))
            : null;
}
