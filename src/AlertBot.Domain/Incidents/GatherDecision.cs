using AlertBot.Domain.Cases;
using AlertBot.Domain.Names;

namespace AlertBot.Domain.Incidents;

/// <summary>Whom a report is taken to mean: one registered person, or some that a coordinator must choose from.</summary>
/// <param name="Case">Surely meant; null: not sure.</param>
/// <param name="Perhaps">Who else may be meant, best first; empty where the case is sure or nobody comes near.</param>
public sealed record GatherDecision(CaseId? Case, IReadOnlyList<NameMatch<CaseId>> Perhaps)
{
    // Two registered people who fit about as well are siblings or namesakes: a person decides.
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
