using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>All rules and calendars that were loaded.</summary>
public sealed class LawBook
{
    // Treaties and courts apply beside the law of a State: an event in one State does not switch them off.
    private static readonly HashSet<string> Supranational = new(StringComparer.Ordinal) { "CIS", "COE", "EU", "ECHR", "UN", "VCCR" };

    private readonly Dictionary<string, Rule> _rules;
    private readonly Dictionary<string, WorkCalendar> _calendars;
    private readonly Dictionary<string, string> _homes = new(StringComparer.Ordinal);

    public LawBook(IEnumerable<Rule> rules, IEnumerable<WorkCalendar> calendars)
    {
        _rules = rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        _calendars = calendars.ToDictionary(calendar => calendar.Jurisdiction, StringComparer.Ordinal);

        foreach (var rule in _rules.Values.Where(rule => IsNational(rule.Jurisdiction)))
        {
            foreach (var zone in rule.Zones)
                _homes.TryAdd(zone.Id, rule.Jurisdiction);
        }
    }

    public IReadOnlyCollection<Rule> Rules => _rules.Values;

    public IReadOnlyCollection<WorkCalendar> Calendars => _calendars.Values;

    public Rule? Find(string id) => _rules.GetValueOrDefault(id);

    public static bool IsNational(string jurisdiction) => !Supranational.Contains(jurisdiction);

    /// <summary>The State to which a zone belongs; null if no rule file claims it.</summary>
    public string? HomeOf(DateTimeZone zone) => _homes.GetValueOrDefault(zone.Id);

    /// <summary>The calendar of the rule's own State; for treaties and courts, that of the State of the event.</summary>
    public WorkCalendar CalendarFor(Rule rule, DateTimeZone zone) =>
        _calendars.GetValueOrDefault(rule.Jurisdiction)
        ?? (HomeOf(zone) is { } home && !IsNational(rule.Jurisdiction) ? _calendars.GetValueOrDefault(home) : null)
        ?? WorkCalendar.Unknown(rule.Jurisdiction);
}
