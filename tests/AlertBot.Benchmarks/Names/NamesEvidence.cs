using AlertBot.Domain.Names;

namespace AlertBot.Benchmarks.Names;

/// <summary>What the engine finds for one query, before weights make a chance of it.</summary>
/// <param name="Found">The likeliest persons by the alignment.</param>
/// <param name="Without">The same with the person meant taken out of the registry, so that no answer is right.</param>
internal sealed record NamesEvidence(LabelledQuery Query, List<(string Id, float[] Features)> Found, List<(string Id, float[] Features)> Without)
{
    private const int Fitted = 4;
    private const double FalseAlarms = 0.01;

    public static List<NamesEvidence> Collect(LabelledSet set, KnownNames known)
    {
        using var index = new NameIndex<string>(known);
        var evidence = new List<NamesEvidence>();

        foreach (var (id, name) in set.Registry)
            index.Add(id, name);

        foreach (var query in set.Queries)
        {
            var found = index.EvidenceFor(query.Text, NameQuery<string>.Sharing);
            var without = new List<(string, float[])>();

            if (query.HasPerson)
            {
                index.Remove(query.Person);
                without = index.EvidenceFor(query.Text, Fitted);
                index.Add(query.Person, set.Registry[query.Person]);
            }

            evidence.Add(new NamesEvidence(query, found, without));
        }

        return evidence;
    }

    public IEnumerable<Example> Examples() =>
        Found.Take(Fitted).Select(one => new Example(one.Features, one.Id == Query.Person))
            .Concat(Without.Select(one => new Example(one.Features, false)));

    public NamesEvidence Masked(IReadOnlySet<string> features) => this with { Found = Masked(Found, features), Without = Masked(Without, features) };

    /// <summary>The first answer under the given weights.</summary>
    public Answer Answer(double[] weights)
    {
        var scores = NameQuery<string>.Shared(Found.Select(one => Evidence.Chance(one.Features, weights)).ToList());
        var best = Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i]).Select(i => (int?)i).FirstOrDefault();
        return best is { } first ? new Answer(Query, Found[first].Id, scores[first]) : new Answer(Query, "", 0);
    }

    /// <summary>The least score that may be accepted so that at most 1 % of the queries that mean nobody are.</summary>
    public static double Threshold(IReadOnlyCollection<Answer> answers)
    {
        var allowed = FalseAlarms * answers.Count(answer => !answer.Query.HasPerson);
        var best = double.PositiveInfinity;
        var wrong = 0;

        // Answers of one score stand or fall together.
        foreach (var equal in answers.GroupBy(answer => answer.Score).OrderByDescending(group => group.Key))
        {
            wrong += equal.Count(answer => !answer.Query.HasPerson);

            if (wrong > allowed)
                break;

            best = equal.Key;
        }

        return best;
    }

    private static List<(string, float[])> Masked(List<(string Id, float[] Features)> found, IReadOnlySet<string> features) =>
        found.Select(one => (one.Id, one.Features.Select((value, i) => features.Contains(Evidence.Names[i]) ? 0 : value).ToArray())).ToList();
}

/// <summary>The person put first, and how certain that is.</summary>
internal sealed record Answer(LabelledQuery Query, string Person, double Score)
{
    public bool IsRight => Query.HasPerson && Person == Query.Person;

    public override string ToString() => "(name)";
}
