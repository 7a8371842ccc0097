using AlertBot.Cli;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Cli;

public sealed class WaitingTests
{
    [Fact]
    public void After_a_second_it_says_what_goes_on_and_leaves_nothing_behind()
    {
        using var terminal = new StringWriter();
        var time = new ManualTimeProvider(TestClock.AtUtc(2026, 3, 17, 4, 12));
        using (var waiting = new Waiting("adding people", terminal, time))
        {
            time.Advance(TimeSpan.FromMilliseconds(900));
            Assert.Equal("", terminal.ToString());

            time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Equal("\ralertbot: adding people ... 1 s", terminal.ToString());
            waiting.Has(200, 1000);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var last = "alertbot: adding people ... 200 of 1000, 2 s";
        Assert.EndsWith($"\r{last}\r{new string(' ', last.Length)}\r", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_terminal_nothing_is_written()
    {
        var time = new ManualTimeProvider(TestClock.AtUtc(2026, 3, 17, 4, 12));
        using var waiting = new Waiting("adding people", null, time);

        time.Advance(TimeSpan.FromSeconds(5));
    }
}
