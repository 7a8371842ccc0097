using AlertBot.Domain.People;

namespace AlertBot.Workflows.Chat;

/// <summary><c>/cancel</c>: ends the question that is open, whatever it is, and says what was kept.</summary>
public sealed class CancelCommand(IEnumerable<IConversation> conversations) : IChatCommand
{
    public string Name => "cancel";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Private;

    public bool LeavesTalk => false;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (await talk.Session.Conversations.FindAsync(talk.Here.Id) is not { } open)
        {
            talk.Reply("cancel.nothing");
            return;
        }

        var conversation = conversations.FirstOrDefault(one => one.Kind == open.Kind);
        talk.Reply(conversation is null ? "cancel.done" : await conversation.StopAsync(talk, open));
        await talk.Session.Conversations.EndAsync(talk.Here.Id);
    }
}
