using AlertBot.Domain.Law;

namespace AlertBot.Workflows.Cases;

/// <summary>The laws that can be chosen for a case: States first, then treaties and courts.</summary>
public sealed record LawMenu(IReadOnlyList<LawPlace> Places)
{
    public static LawMenu Of(LawBook book)
    {
        var rules = book.Rules.GroupBy(rule => rule.Jurisdiction, StringComparer.Ordinal).ToList();
        return new LawMenu(rules
            .Select(group => new LawPlace(group.Key, LawBook.IsNational(group.Key))
            {
                Zones = LawBook.IsNational(group.Key)
                    ? group.SelectMany(rule => rule.Zones).Select(zone => zone.Id).Distinct(StringComparer.Ordinal).ToList()
                    : [],
                Members = group.SelectMany(rule => rule.Members).Distinct(StringComparer.Ordinal).ToList(),
            })
            .OrderBy(place => !place.IsState).ThenBy(place => place.Code, StringComparer.Ordinal).ToList());
    }

    /// <summary>The place of that code, however it is written; null when there are no rules of it.</summary>
    public LawPlace? Find(string code) => Places.FirstOrDefault(place => place.Code.Equals(code, StringComparison.OrdinalIgnoreCase));

    /// <summary>Treaties that bind a State: easily forgotten, so they come along with it.</summary>
    public IEnumerable<string> TreatiesOf(string state) => Places.Where(place => place.Members.Contains(state)).Select(place => place.Code);
}

/// <param name="IsState">False: a treaty or a court.</param>
public sealed record LawPlace(string Code, bool IsState)
{
    /// <summary>Time zones of the State, the usual one first.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Of a treaty: the States it names.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];
}
