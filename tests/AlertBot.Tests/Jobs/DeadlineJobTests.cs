using AlertBot.Domain.Deadlines;
using AlertBot.Workflows.Deadlines;

namespace AlertBot.Tests.Jobs;

public sealed class DeadlineJobTests
{
    private static readonly DeadlineJob[] All =
        [new ReleaseDeadlines(null!), new Hearings(null!), new NoNextDate(null!), new OtherDeadlines(null!)];

    [Fact]
    public void Every_kind_of_deadline_is_watched_by_one_job() =>
        Assert.Equal(Enum.GetValues<DeadlineKind>(), All.SelectMany(job => job.Kinds).Order());

    [Fact]
    public void None_of_them_waits_for_housekeeping() => Assert.All(All, job => Assert.True(job.WatchesPeople));
}
