using AlertBot.Configuration;
using AlertBot.Flavours;
using AlertBot.Hosting;

namespace AlertBot.Tests.Flavours;

public sealed class FlavourTests
{
    // In every build, whatever else is in it.
    private static readonly Flavour Plain = Flavour.Built with
    {
        Name = "default",
        Jobs = [.. Flavour.Built.Jobs.Where(adapter => adapter.Engine == JobEngine.Quartz)],
    };

    [Fact]
    public void Without_a_word_in_the_settings_the_flavour_decides()
    {
        Assert.Same(Flavour.Built.Jobs[0], Flavour.Built.JobsFor(new Settings()));
        Assert.Equal(Flavour.Built.Name == "hangfire" ? JobEngine.Hangfire : JobEngine.Quartz, Flavour.Built.Jobs[0].Engine);
    }

    [Fact]
    public void The_settings_choose_among_what_is_built()
    {
        Assert.Equal(JobEngine.Quartz, Flavour.Built.JobsFor(new Settings { JobEngine = JobEngine.Quartz }).Engine);
    }

    [Fact]
    public void What_is_not_in_the_build_is_refused_with_how_to_build_it()
    {
        var engine = Assert.Throws<OperatorProblem>(() => Plain.JobsFor(new Settings { JobEngine = JobEngine.Hangfire }));

        Assert.Equal(
            "Jobs__Engine is hangfire, which is not in this build (flavour default): start it with './alertbot serve --flavour hangfire', "
            + "build it with 'dotnet build src/AlertBot -p:Flavour=Hangfire', or set Jobs__Engine to quartz.",
            engine.Message);
    }
}
