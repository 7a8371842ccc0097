using System.Globalization;

namespace AlertBot.Domain.Names;

/// <summary>
/// What speaks for and against a person being meant, and the chance that follows. The chance is a logistic regression
/// (Cox 1958); its weights are in weights.tsv, which says on what they were fitted and on what they were checked.
/// </summary>
internal static class Evidence
{
    public static readonly string[] Names =
    [
        "bias", "cost", "cost-over-0.3", "cost-over-0.8", "cost-over-1.5", "worst", "worst-over-0.4", "worst-over-0.9",
        "per-sound", "nearer-word", "nearer-word-worst", "other-last-part", "rare", "rare-worst", "length", "initial", "missing",
        "extra", "father-same", "father-other", "margin", "margin-over-0.3", "one-word", "initial-common", "heard", "heard-least",
    ];

    private static readonly double[] Weights = Load();

    public static double Chance(ReadOnlySpan<float> features)
    {
        double sum = 0;

        for (var i = 0; i < Weights.Length; i++)
            sum += Weights[i] * features[i];

        return 1 / (1 + Math.Exp(-sum));
    }

    private static double[] Load()
    {
        var rows = NameTable.Read("weights.tsv").ToDictionary(row => row[0], row => double.Parse(row[1], CultureInfo.InvariantCulture));
        return Names.Select(name => rows.GetValueOrDefault(name)).ToArray();
    }
}
