using AlertBot.Domain.Retention;
using AlertBot.Workflows.Policies;
using NodaTime;

namespace AlertBot.Tests.Policies;

public sealed class RetentionSectionTests
{
    private const string Good = "retention:\n  set_aside: 14d\n  strangers: 30d\n  files: never\n  closed_cases: 3650d\n  told_before: 7d\n";

    [Fact]
    public void A_good_file_is_taken_as_it_is()
    {
        var file = SectionFile.Of(RetentionSection.Read, Good);

        Assert.Empty(file.Problems);
        Assert.Equal(RetentionPolicy.Usual with { ClosedCases = Duration.FromDays(3650) }, file.Policy);
    }

    [Theory]
    [InlineData("14d", "14", 2)]
    [InlineData("30d", "0d", 3)]
    [InlineData("never", "newer", 4)]
    [InlineData("3650d", "-3d", 5)]
    public void A_slip_is_reported_with_its_line_and_deletes_nothing(string good, string slip, int line)
    {
        var file = SectionFile.Of(RetentionSection.Read, Good.Replace(good, slip, StringComparison.Ordinal));

        Assert.Contains(file.Problems, problem => problem.Line == line);
        Assert.Null(line switch
        {
            2 => file.Policy.SetAside,
            3 => file.Policy.Strangers,
            4 => file.Policy.Files,
            _ => file.Policy.ClosedCases,
        });
    }

    [Fact]
    public void What_is_not_written_down_is_as_usual()
    {
        Assert.Equal(RetentionPolicy.Usual, SectionFile.Of(RetentionSection.Read, "incidents: {}\n").Policy);
        Assert.Equal(RetentionPolicy.Usual, SectionFile.Of(RetentionSection.Read, "retention:\n  told_before: 7d\n").Policy);
    }
}
