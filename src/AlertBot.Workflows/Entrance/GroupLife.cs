using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Messengers;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Subscribing;

namespace AlertBot.Workflows.Entrance;

/// <summary>Handles changes of the bot's place in chats (added, removed, moved, blocked) and of people's keys.</summary>
public sealed class GroupLife(KeyChanges keyChanges, WatchGroup watchGroup, DarkAddress darkAddress) : IChatChanges
{
    public async Task HandleAsync(Talk talk, ChatChange change)
    {
        switch (change)
        {
            case ChatChange.BotAdded:
                foreach (var address in talk.IsGroup ? await talk.Session.Addresses.OfChatAsync(talk.Here.At) : [talk.Here])
                    await talk.Session.Addresses.BrightenAsync(address.Id);
                // One line and then silence: anybody may have made the group to find out what the bot knows.
                if (talk.IsGroup)
                {
                    talk.Reply("group.hello");
                    await talk.Session.Audit.AddAsync(talk.Person?.Id, new AuditAct("group.added"), talk.Here.Id.Value);
                }

                break;

            case ChatChange.BotInChannel channel:
                talk.Reply("group.no-channel", ("title", channel.Title ?? "–"));
                await talk.Session.Audit.AddAsync(talk.Person?.Id, new AuditAct("channel.refused"), talk.Here.Id.Value);
                break;

            case ChatChange.BotRemoved:
                await DarkenAsync(talk, talk.IsGroup ? Refusal.Kicked : Refusal.Blocked);
                break;

            case ChatChange.Moved moved:
                if (await talk.Session.Addresses.MoveAsync(talk.Here.At, moved.To) is var (account, ofNumber))
                    await SameAccount.JoinAsync(talk.Session, account, ofNumber);
                await talk.Session.Audit.AddAsync(null, AuditAct.AddressMoved, talk.Here.Id.Value);
                break;

            case ChatChange.KeyChanged:
                if ((talk.IsGroup ? await SenderAsync(talk) : talk.Here) is { } whose)
                    await keyChanges.HeardAsync(talk.Session, whose);
                break;

            case ChatChange.MembersJoined joined:
                await watchGroup.JoinedAsync(talk.Session, talk.Here, joined.Who);
                break;
        }
    }

    private static async Task<Address?> SenderAsync(Talk talk) =>
        talk.Update.Sender is { } sender ? await talk.Session.Addresses.FindAsync(sender) : null;

    private async Task DarkenAsync(Talk talk, Refusal why)
    {
        // Removal from a forum means removal from all its topics.
        var addresses = talk.IsGroup ? await talk.Session.Addresses.OfChatAsync(talk.Here.At) : [talk.Here];
        foreach (var address in addresses)
        {
            if (await talk.Session.Addresses.DarkenAsync(address.Id, why))
                await darkAddress.TellAsync(talk.Session, address, why);
        }
    }
}
