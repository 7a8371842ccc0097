using System.Globalization;

namespace AlertBot.Domain.Names;

/// <summary>
/// The evidence for and against a person being meant, and the resulting chance. The chance is a logistic regression (D. R. Cox, The regression
/// analysis of binary sequences, Journal of the Royal Statistical Society B 20(2), 1958). Its weights are in weights.tsv, which names the data for
/// fitting and checking.
/// </summary>
internal static class Evidence
{
    public static readonly IReadOnlyList<string> Names =
    [
        "bias", "cost", "cost-over-0.3", "cost-over-0.8", "cost-over-1.5", "worst", "worst-over-0.4", "worst-over-0.9",
        "per-sound", "nearer-word", "nearer-word-worst", "other-last-part", "rare", "rare-worst", "length", "initial", "missing",
        "extra", "father-same", "father-rare", "father-other", "margin", "margin-over-0.3", "one-word", "initial-common", "heard", "heard-least",
        "other-name", "other-name-worst", "slip", "unlisted",
        "unlike", "unlike-registered", "likeness", "two-names",
    ];

    private const float FatherAgrees = 0.6f;
    // The greatest distance of two patronymics that the alignment does not pair.
    private const float AnotherFather = 2;
    private const float InitialOfFather = 0.3f;
    private const float Slip = 0.3f;
    private const float FarthestNearer = 1.5f;
    private const float MostHeard = 20;
    private const float MostUnlike = 6;

    // A namesake with another father is another person: a coordinator may be asked, but nobody is woken. The weight is set by hand, because the
    // development set has too few such cases.
    private const double MostWithAnotherFather = 0.5;

    // A letter that makes another known name of it may be another person, however near: set by hand for the same reason, where the registry is small.
    private const float AnotherName = 0.58f;
    private const double MostWithAnotherName = 0.75;

    // Two names of one language are two persons to whoever speaks it, so a coordinator is asked.
    private const double MostWithTwoNames = 0.75;

    private static readonly int FatherOtherAt = Names.ToList().IndexOf("father-other");
    private static readonly int OtherNameAt = Names.ToList().IndexOf("other-name-worst");
    private static readonly int TwoNamesAt = Names.ToList().IndexOf("two-names");

    private static readonly double[] Weights = Load();

    public static double Chance(ReadOnlySpan<float> features) => Chance(features, Weights);

    /// <summary>The chance under other weights, to see how they would do.</summary>
    public static double Chance(ReadOnlySpan<float> features, ReadOnlySpan<double> weights)
    {
        double sum = 0;

        for (var i = 0; i < weights.Length; i++)
            sum += weights[i] * features[i];

        var chance = 1 / (1 + Math.Exp(-sum));

        if (features[OtherNameAt] >= AnotherName)
            chance *= MostWithAnotherName;

        // Order and threshold stay; only certainty goes.
        if (features[TwoNamesAt] > 0 && chance > MostWithTwoNames)
            chance = MostWithTwoNames + (NameBands.Same - MostWithTwoNames) * (chance - MostWithTwoNames);

        return features[FatherOtherAt] >= AnotherFather ? MostWithAnotherFather * chance : chance;
    }

    /// <summary>The features in the order of <see cref="Names"/>.</summary>
    /// <param name="other">The cost of the best other person.</param>
    /// <param name="share">The share of registered persons who have a word.</param>
    /// <param name="initialShare">The number of words that an initial may stand for, for each registered person.</param>
    /// <param name="attestation">Says which words are names of their own.</param>
    public static float[] Of<TId>(
        QueryWords query, Candidate<TId> candidate, float other, Func<int, float> share, Func<NameWord, float> initialShare,
        Attestation<TId> attestation)
        where TId : notnull
    {
        float worst = 0, perSound = 0, nearer = 0, nearerWorst = 0, otherPart = 0, rare = 0, rareWorst = -10, length = 0;
        float heard = 0, heardLeast = MostHeard, initial = 0, initialCommon = 0, missing = 0,
            fatherSame = 0, fatherRare = 0, fatherOther = 0, cores = 0, otherName = 0, otherNameWorst = 0, slip = 0, unlisted = 0;
        float unlike = 0, unlikeRegistered = 0, likeness = 0, twoNames = 0;
        var used = 0;
        var fatherMissing = false;
        var hasGiven = Alignment.HasGiven(candidate.Forms);

        for (var i = 0; i < candidate.Words.Length; i++)
        {
            var number = candidate.Words[i];
            var form = candidate.Forms[i];
            var isFather = hasGiven && form.Kind == WordKind.Father;

            if (number < 0)
            {
                missing += isFather ? 0 : 1;
                fatherMissing |= isFather;
                continue;
            }

            used |= QueryWords.Bits(number);
            var word = query[number]!;
            var cost = query.Cost(number, candidate.Registered[i], form);

            if (isFather && word.Kind != WordKind.Family)
            {
                fatherSame += cost >= FatherAgrees ? 0 : word.IsInitial ? InitialOfFather : 1;
                fatherRare -= cost >= FatherAgrees || word.IsInitial ? 0 : MathF.Log10(share(candidate.Registered[i]));
                fatherOther += cost >= FatherAgrees ? cost : 0;
                continue;
            }

            if (word.IsInitial)
            {
                initial++;
                initialCommon += MathF.Log10(initialShare(word));
                continue;
            }

            // A name is as common as all its spellings together.
            var common = MathF.Log10(Math.Max(share(candidate.Registered[i]), query.ShareOfSame(number, cost)));
            cores++;
            worst = Math.Max(worst, cost);
            perSound += cost / Math.Min(form.Stem.Length, word.Form.Stem.Length);
            length += Math.Min(form.Stem.Length, 10) / 10f;
            rare += common;
            rareWorst = Math.Max(rareWorst, common);
            otherPart += cost > Slip && WordCosts.LastPartsDiffer(word, form) ? 1 : 0;

            var excess = Math.Min(FarthestNearer, Math.Max(0, cost - query.Nearest(number)));
            nearer += excess;
            nearerWorst = Math.Max(nearerWorst, excess);

            // Families write their name in more ways than one.
            twoNames += form.Kind == WordKind.None && attestation.AreTwoNames(number, form, cost) ? 1 : 0;

            if (cost > Attestation<TId>.Spelling)
            {
                var isKnown = attestation.IsKnown(candidate.Registered[i]);
                var nearerName = attestation.Nearer(number, cost);
                otherName += isKnown ? nearerName : 0;
                otherNameWorst = Math.Max(otherNameWorst, isKnown ? nearerName : 0);
                slip += isKnown && nearerName == 0 ? cost : 0;
                unlisted += isKnown ? 0 : cost;
                var difference = attestation.Unlikeness(number, candidate.Registered[i]);
                unlike += Math.Clamp(difference, 0, MostUnlike);
                unlikeRegistered += Math.Clamp(-difference, 0, MostUnlike);
                likeness += Math.Clamp(attestation.Likeness(number), -2 * MostUnlike, MostUnlike);
            }

            var weight = query.Weight(number, cost) / 4;
            heard += weight;
            heardLeast = Math.Min(heardLeast, weight);
        }

        float extra = 0;
        var fatherLeft = false;

        for (var i = 0; i < query.Words.Count; i++)
        {
            var isLeft = (used & (1 << i)) == 0 && !query.Words[i].IsInitial;
            fatherLeft |= isLeft && query.Kinds[i] == WordKind.Father;
            extra += isLeft && query.Kinds[i] != WordKind.Father ? 1 : 0;
        }

        if (fatherLeft && fatherMissing)
            fatherOther = AnotherFather;

        var total = candidate.Cost;
        var margin = Math.Clamp(other - total, -1f, 1f);

        return
        [
            1, total, Over(total, 0.3f), Over(total, 0.8f), Over(total, 1.5f), worst, Over(worst, 0.4f), Over(worst, 0.9f),
            perSound, nearer, nearerWorst, otherPart, rare, rareWorst, length, initial, missing,
            extra, fatherSame, fatherRare, fatherOther, margin, Over(margin, 0.3f),
            cores == 1 && initial == 0 ? 1 : 0, initialCommon, heard, heardLeast,
            otherName, otherNameWorst, slip, unlisted,
            unlike, unlikeRegistered, likeness, twoNames,
        ];
    }

    private static float Over(float value, float threshold) => Math.Max(0, value - threshold);

    private static double[] Load()
    {
        var rows = NameTable.Read("weights.tsv").ToDictionary(row => row[0], row => double.Parse(row[1], CultureInfo.InvariantCulture));
        return Names.Select(name => rows.GetValueOrDefault(name)).ToArray();
    }
}
