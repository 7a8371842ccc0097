using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Chat;

/// <summary>
/// Answers a witness in a group with a link to a private chat and nothing else: others read the group, and it may not be the witness's own.
/// </summary>
public sealed class PrivateChatLink(IReadOnlyList<IChannel> channels)
{
    /// <param name="argument">What the private chat begins with, such as <c>report</c>.</param>
    public async Task ReplyAsync(Talk talk, string argument)
    {
        var channel = channels.FirstOrDefault(one => one.Kind == talk.Here.At.Channel);
        if (channel is not null && await channel.DeepLinkAsync(argument, talk.Cancelled) is { } address)
            talk.Reply("group.private-link", ("link", address));
        else
            talk.Reply("group.only-private");
    }
}
