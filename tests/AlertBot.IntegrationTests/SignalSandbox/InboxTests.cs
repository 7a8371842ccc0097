using AlertBot.Sandbox.Signal;

namespace AlertBot.IntegrationTests.SignalSandbox;

/// <summary>Events on connections that break, without the randomness of a real connection.</summary>
public sealed class InboxTests
{
    private readonly SignalInbox _inbox = new();
    private readonly SignalEvent _one = new([]);
    private readonly SignalEvent _two = new([]);
    private readonly SignalEvent _three = new([]);

    [Fact]
    public void What_a_broken_line_did_not_take_goes_to_the_next_one_before_what_came_later()
    {
        var first = _inbox.Open();
        _inbox.Push(_one);
        _inbox.Push(_two);
        first.Taken();

        _inbox.CutAll();
        _inbox.Push(_three);

        Assert.True(first.IsCut);
        Assert.Equal([_two, _three], _inbox.Open().Left);
        Assert.Equal((true, false, false), (_one.IsOut, _two.IsOut, _three.IsOut));
    }

    [Fact]
    public void What_another_line_took_is_not_told_again()
    {
        var first = _inbox.Open();
        var other = _inbox.Open();
        _inbox.Push(_one);
        other.Taken();

        _inbox.CutAll();

        Assert.Empty(_inbox.Open().Left);
        Assert.Single(first.Left);
    }

    [Fact]
    public void Where_signal_cli_receives_from_the_start_a_broken_line_loses_what_it_did_not_take()
    {
        _inbox.Mode = SignalReceiveMode.OnStart;
        _inbox.Open();
        _inbox.Push(_one);

        _inbox.CutAll();

        Assert.Empty(_inbox.Open().Left);
        Assert.True(_one.IsOut);
    }

    [Fact]
    public void Nothing_comes_through_while_signal_cannot_be_reached()
    {
        _inbox.CutOff(true);
        _inbox.Push(_one);
        var stream = _inbox.Open();
        Assert.Empty(stream.Left);

        _inbox.Push(_two);
        _inbox.CutOff(false);

        Assert.Equal([_one, _two], stream.Left);
    }
}
