using System.Threading.Channels;
using AlertBot.Sandbox.Page;

namespace AlertBot.Sandbox;

public sealed partial class SandboxServer
{
    private readonly Channel<string> _choices = Channel.CreateBounded<string>(
        new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>The words of the buttons beside the caption that visitors pressed, see <see cref="PageStory.Choices"/>.</summary>
    public ChannelReader<string> Choices => _choices.Reader;

    /// <summary>Shows text above the phones; null removes it.</summary>
    public void Say(PageStory? story)
    {
        lock (_world.Gate)
            _page.Say(story);
    }

    /// <summary>Sets the numbers of passed and failed checks, for checks without a line in the log.</summary>
    public void Tally(int passed, int failed)
    {
        lock (_world.Gate)
            _page.Tally(passed, failed);
    }
}
