using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Talking;

/// <summary>What happens to the bot in its chats: added, removed, moved, blocked.</summary>
public static class GroupLife
{
    public static async Task HandleAsync(Talk talk, ChatChange change)
    {
        switch (change)
        {
            case ChatChange.BotAdded:
                await talk.Session.Addresses.BrightenAsync(talk.Here.Id);
                // One line, and silence: a group may have been made by anybody to find out what the bot knows.
                if (talk.IsGroup)
                    talk.Reply("group.hello");
                break;

            case ChatChange.BotRemoved:
                await DarkenAsync(talk, talk.IsGroup ? Refusal.Kicked : Refusal.Blocked);
                break;

            case ChatChange.Moved moved:
                await talk.Session.Addresses.MoveAsync(talk.Here.At, moved.To);
                await talk.Session.Audit.AddAsync(talk.Now, null, "address.moved", talk.Here.Id.Value);
                break;
        }
    }

    private static async Task DarkenAsync(Talk talk, Refusal why)
    {
        if (await talk.Session.Addresses.DarkenAsync(talk.Here.Id, why, talk.Now))
            await Alerting.DarkAddress.TellAsync(talk.Session, talk.Texts, talk.Here, why, talk.Now);
    }
}
