using AlertBot.Configuration;
using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Law;
using AlertBot.Workflows.Operations;
using AlertBot.Workflows.Policies;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Hosting;

/// <summary>Everything read from files at start: settings, law, policies, texts. It does not change while the program runs.</summary>
/// <param name="Problems">Mistakes in law, policies and texts. The rest works, and the operator must see them.</param>
public sealed record Ground(
    string Config, Settings Settings, LawBook Law, Workflows.Policies.Policies Policies, TextCatalog Texts, IReadOnlyList<Problem> Problems)
{
    /// <summary>The settings for owners to read.</summary>
    public LoadedSettings Loaded { get; init; } = LoadedSettings.None;

    /// <param name="settingsRead">Is called once the settings are known, while law and texts still have to be read.</param>
    /// <exception cref="OperatorProblem">The settings have a mistake, or the time zone data is too old to count with.</exception>
    public static Ground Load(Action<string, Settings>? settingsRead = null)
    {
        if (TimeZoneCheck.WhyRefuse(DateTimeZoneProviders.Tzdb) is { } tooOld)
            throw new OperatorProblem(tooOld);

        string config;
        try
        {
            config = ConfigFolder.Find();
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new OperatorProblem(missing.Message);
        }

        var settings = SettingsFile.Load(Path.Combine(config, "alertbot.yaml"));
        if (settings.Problems.Count > 0)
            throw new OperatorProblem(string.Join(Environment.NewLine, settings.Problems));

        settingsRead?.Invoke(config, settings.Settings);

        var reading = Task.Run(() => (
            Law: LawFolder.Load(Path.Combine(config, "law")), Policies: PoliciesFile.Load(Path.Combine(config, "policies.yaml"))));
        var texts = TextCatalog.Load(Path.Combine(config, "texts"));
        var (law, policies) = reading.GetAwaiter().GetResult();
        return new Ground(config, settings.Settings, law.Book, policies.Policies, texts, [.. law.Problems, .. policies.Problems, .. texts.Problems])
        {
            Loaded = settings.Loaded,
        };
    }

    /// <summary>The data directory: as set, or <c>data</c> beside the configuration.</summary>
    public string DataDirectory => DataDirectoryOf(Config, Settings);

    internal static string DataDirectoryOf(string config, Settings settings) =>
        settings.DataDirectory ?? Path.Combine(Path.GetDirectoryName(config)!, "data");
}

/// <summary>A problem that an operator must solve. The message tells the operator what to do.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1710", Justification = "The operator is told of a problem, not of an exception.")]
public sealed class OperatorProblem(string message) : Exception(message);
