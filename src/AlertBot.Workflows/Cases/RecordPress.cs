using AlertBot.Domain.Cases;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Cases;

/// <summary><c>record:CODE</c> under a case: begins to put an event on file.</summary>
public sealed class RecordPress(EventConversation conversation) : IPress
{
    public string Prefix => "record";

    public async Task PressAsync(Talk talk, string data)
    {
        if (!talk.IsGroup && CaseCode.TryParse(data, out var code))
            await conversation.BeginAsync(talk, code);
        else
            talk.Notice("button.stale");
    }
}
