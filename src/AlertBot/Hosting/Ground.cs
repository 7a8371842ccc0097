using AlertBot.Configuration;
using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Law;
using AlertBot.Workflows.Policies;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Hosting;

/// <summary>What stands in files and does not change while the program runs: settings, law, policies, texts.</summary>
/// <param name="Problems">Mistakes in law, policies and texts. The rest of them works; somebody must be told loudly.</param>
public sealed record Ground(
    string Config, Settings Settings, LawBook Law, ReminderPolicy Reminders, TextCatalog Texts, IReadOnlyList<Problem> Problems)
{
    /// <summary>How incidents are told and followed up.</summary>
    public IncidentPolicy Incidents { get; init; } = IncidentPolicy.Usual;

    /// <summary>The bounds of the check-in.</summary>
    public CheckInPolicy CheckIns { get; init; } = CheckInPolicy.Usual;

    /// <summary>How many strangers Signal brings messages to.</summary>
    public SignalPolicy Signal { get; init; } = SignalPolicy.Usual;

    /// <exception cref="OperatorProblem">The settings have a mistake, or the time zone data is too old to count with.</exception>
    public static Ground Load()
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

        var law = LawFolder.Load(Path.Combine(config, "law"));
        var policies = PolicyFile.Load(Path.Combine(config, "policies.yaml"));
        var incidents = IncidentPolicyFile.Load(Path.Combine(config, "policies.yaml"));
        var checkIns = CheckInPolicyFile.Load(Path.Combine(config, "policies.yaml"));
        var signal = SignalPolicyFile.Load(Path.Combine(config, "policies.yaml"));
        var texts = TextCatalog.Load(Path.Combine(config, "texts"));
        return new Ground(
            config, settings.Settings, law.Book, policies.Reminders, texts,
            [.. law.Problems, .. policies.Problems.Union(incidents.Problems).Union(checkIns.Problems).Union(signal.Problems), .. texts.Problems])
        {
            Incidents = incidents.Policy,
            CheckIns = checkIns.Policy,
            Signal = signal.Policy,
        };
    }

    /// <summary>The folder of data: as set, or <c>data</c> beside the configuration.</summary>
    public string DataDirectory => Settings.DataDirectory ?? Path.Combine(Path.GetDirectoryName(Config)!, "data");
}

/// <summary>Something an operator must put right. Its message is for them, and says what to do.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1710", Justification = "The operator is told of a problem, not of an exception.")]
public sealed class OperatorProblem(string message) : Exception(message);
