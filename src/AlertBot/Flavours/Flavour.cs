using AlertBot.Configuration;
using AlertBot.Hosting;
using AlertBot.Jobs;

namespace AlertBot.Flavours;

/// <summary>
/// The adapters that are in this build. Each flavour has one file beside this one that names them, and the project compiles
/// one of those files.
/// </summary>
/// <param name="Name">As the script's <c>--flavour</c> calls it.</param>
/// <param name="Jobs">The first is the one that runs when the settings name none.</param>
public sealed partial record Flavour(string Name, IReadOnlyList<JobAdapter> Jobs)
{
    /// <exception cref="OperatorProblem">The settings name one that is not in this build.</exception>
    public JobAdapter JobsFor(Settings settings) => settings.JobEngine is not { } wanted
        ? Jobs[0]
        : Jobs.FirstOrDefault(adapter => adapter.Engine == wanted) ?? throw Missing("Jobs__Engine", wanted, Jobs.Select(adapter => adapter.Engine));

    private OperatorProblem Missing<T>(string key, T wanted, IEnumerable<T> built)
        where T : struct, Enum => new(
        $"{key} is {SettingReader.NameOf(wanted)}, which is not in this build (flavour {Name}): start it with './alertbot serve --flavour hangfire', "
        + $"build it with 'dotnet build src/AlertBot -p:Flavour=Hangfire', or set {key} to {string.Join(" or ", built.Select(one => SettingReader.NameOf(one)))}.");
}

/// <summary>One thing that can run the jobs.</summary>
/// <param name="Map">The pages it brings along; null: none.</param>
public sealed record JobAdapter(JobEngine Engine, Func<IServiceCollection, JobSettings?, IServiceCollection> Add, Action<WebApplication>? Map = null);
