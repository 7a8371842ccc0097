using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Subscribing;

/// <summary><c>/say CODE|advocates|all [WORDS]</c>: shows the message first, with the number of recipients, and sends it by a button.</summary>
public sealed class SayCommand(SayConversation conversation) : IChatCommand
{
    public string Name => "say";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        var parts = arguments.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        var whom = parts.Length > 0 ? parts[0] : "";
        if (whom.Equals(Say.Advocates, StringComparison.OrdinalIgnoreCase) || whom.Equals(Say.All, StringComparison.OrdinalIgnoreCase))
            whom = whom.ToLowerInvariant();
        if (!talk.May(Needs) || await Say.ToAsync(talk.Session, whom) is null)
            talk.Reply("say.how");
        else
            await conversation.BeginAsync(talk, whom, parts.Length < 2 ? null : parts[1].Trim());
    }
}
