using AlertBot.Domain.Cases;
using AlertBot.Domain.Names;

namespace AlertBot.Domain.Incidents;

/// <summary>Whom a report means: one registered person, or several from whom a coordinator must choose.</summary>
/// <param name="Case">The person meant; null if not certain.</param>
/// <param name="Perhaps">The possible people, best first; empty if the case is certain or nobody comes near.</param>
public sealed record GatherDecision(CaseId? Case, IReadOnlyList<NameMatch<CaseId>> Perhaps)
{
    // Two registered people who fit about equally well may be siblings or namesakes, so a person decides.
    private const double Apart = 0.15;

    private const int MostSuggestions = 3;

    public static GatherDecision Of(IReadOnlyList<NameMatch<CaseId>> matches)
    {
        var near = matches.Where(match => match.Band != NameBand.No).OrderByDescending(match => match.Score).Take(MostSuggestions).ToList();
        return near switch
        {
            [] => new GatherDecision(null, []),
            [{ Band: NameBand.Same } only] => new GatherDecision(only.Id, []),
            [{ Band: NameBand.Same } best, var next, ..] when best.Score - next.Score > Apart => new GatherDecision(best.Id, []),
            _ => new GatherDecision(null, near),
        };
    }
}
