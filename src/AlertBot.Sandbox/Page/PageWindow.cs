using NodaTime;

namespace AlertBot.Sandbox.Page;

/// <summary>One frame of the page: a person's phone, open at the chat with the bot, or a group.</summary>
/// <param name="Key">Stays when a group moves to another chat.</param>
/// <param name="Zone">In which times are shown.</param>
internal abstract record PageWindow(string Key, DateTimeZone Zone);

/// <summary>On Telegram.</summary>
internal sealed record TelegramWindow(string Key, SandboxPhone? Phone, SandboxGroup? Group, DateTimeZone Zone) : PageWindow(Key, Zone)
{
    public SandboxChat Chat => Phone?.Chat ?? Group!.Chat;

    /// <summary>Who acts in it: the owner of the phone; in a group any member, the first unless said.</summary>
    public SandboxPhone? Actor(long? id) => Phone is not null
        ? (id is null || id == Phone.Id ? Phone : null)
        : Chat.Members.FirstOrDefault(member => id is null || member.Id == id);
}
