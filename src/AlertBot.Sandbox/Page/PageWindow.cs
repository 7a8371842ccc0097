using NodaTime;

namespace AlertBot.Sandbox.Page;

/// <summary>One frame of the page: a person's phone with the bot's chat open, or a group.</summary>
/// <param name="Key">Stays the same when a group moves to another chat.</param>
/// <param name="Zone">The zone of the shown times.</param>
internal abstract record PageWindow(string Key, DateTimeZone Zone);

/// <summary>A window on Telegram.</summary>
internal sealed record TelegramWindow(string Key, SandboxPhone? Phone, SandboxGroup? Group, DateTimeZone Zone) : PageWindow(Key, Zone)
{
    public SandboxChat Chat => Phone?.Chat ?? Group!.Chat;

    /// <summary>The person who acts in it: the phone's owner, or in a group the given member, by default the first.</summary>
    public SandboxPhone? Actor(long? id) => Phone is not null
        ? (id is null || id == Phone.Id ? Phone : null)
        : Chat.Members.FirstOrDefault(member => id is null || member.Id == id);
}
